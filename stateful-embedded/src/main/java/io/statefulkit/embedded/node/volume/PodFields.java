package io.statefulkit.embedded.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a pod that environments and downward API volumes may refer to. */
final class PodFields {

    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.+)'\\]");

    private final Pod pod;
    private final String podIp;
    private final String hostIp;
    private final ConfigSource source;

    PodFields(Pod pod, String podIp, String hostIp, ConfigSource source) {
        this.pod = pod;
        this.podIp = podIp;
        this.hostIp = hostIp;
        this.source = source;
    }

    String field(String path) throws ConfigException {
        ObjectMeta meta = pod.getMetadata();
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map = keyed.group(1).equals("labels") ? meta.getLabels() : meta.getAnnotations();
            return map == null ? "" : map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> meta.getName();
            case "metadata.namespace" -> meta.getNamespace();
            case "metadata.uid" -> meta.getUid();
            case "metadata.labels" -> lines(meta.getLabels());
            case "metadata.annotations" -> lines(meta.getAnnotations());
            case "spec.nodeName" -> orEmpty(pod.getSpec().getNodeName());
            case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            default -> throw new ConfigException("unsupported fieldPath: " + path);
        };
    }

    String resource(Container container, String resource, @Nullable Quantity divisor) throws ConfigException {
        String[] parts = resource.split("\\.", 2);
        if (parts.length != 2) {
            throw new ConfigException("unsupported container resource: " + resource);
        }
        Map<String, Quantity> all = parts[0].equals("limits")
                ? container.getResources() == null
                        ? null
                        : container.getResources().getLimits()
                : container.getResources() == null
                        ? null
                        : container.getResources().getRequests();
        Quantity amount = all == null ? null : all.get(parts[1]);
        BigDecimal given = amount == null ? BigDecimal.ZERO : amount.getNumericalAmount();
        BigDecimal value = given.signum() == 0 ? ofNode(parts[0], parts[1]) : given;
        BigDecimal unit = divisor == null || divisor.getNumericalAmount().signum() == 0
                ? BigDecimal.ONE
                : divisor.getNumericalAmount();
        return value.divide(unit, 0, RoundingMode.CEILING).toPlainString();
    }

    /** A limit that is not given, or is none, is what the node has for pods. */
    private BigDecimal ofNode(String kind, String resource) {
        return kind.equals("limits")
                ? source.allocatable(orEmpty(pod.getSpec().getNodeName()), resource)
                        .map(amount -> new Quantity(amount).getNumericalAmount())
                        .orElse(BigDecimal.ZERO)
                : BigDecimal.ZERO;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String lines(@Nullable Map<String, String> map) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(map == null ? Map.of() : map)
                .forEach((key, value) ->
                        text.append(key).append('=').append(quoted(value)).append('\n'));
        return text.length() == 0 ? "" : text.substring(0, text.length() - 1);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
