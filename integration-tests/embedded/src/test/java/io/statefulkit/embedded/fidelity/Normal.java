package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.json.Json;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one normalisation: what two runs of one cluster differ in is replaced by a mark. uids, resource versions, times,
 * addresses, generated names and hashes, names of nodes, ids of images and containers, tokens of pages, the directory of
 * volumes, and what only describes columns of a table.
 */
final class Normal {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern IP = Pattern.compile("\\b(10|127|172)\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b");
    private static final Pattern AGE = Pattern.compile("\\d+[smhdy](\\d+[smh])?");
    private static final Pattern VERSIONS = Pattern.compile("resource version: \\d+ \\(\\d+\\)");
    private static final Pattern VOLUME_DIRECTORY =
            Pattern.compile("(/var/lib/rancher/k3s/storage|/tmp/skube-[^/]+/volumes)/");
    private static final Pattern TOKEN_VOLUME = Pattern.compile("kube-api-access-[a-z0-9]{5}");
    private static final Set<String> VALUES = Set.of(
            "resourceVersion",
            "continue",
            "remainingItemCount",
            "imageID",
            "containerID",
            "nodePort",
            "serverAddressByClientCIDRs",
            "nodeName",
            "description",
            "pod-template-hash",
            "controller.kubernetes.io/hash",
            "podCIDR",
            "podCIDRs",
            "ca.crt");
    private static final Set<String> DROPPED =
            Set.of("storageVersionHash", "lastProbeTime", "endpoints.kubernetes.io/last-change-trigger-time");
    private static final Pattern DOCUMENT_HASH = Pattern.compile("\\?hash=[0-9A-Fa-f]+");
    private static final Pattern EVENT_NAME = Pattern.compile("\\.1[0-9a-f]{15}\\b");
    private static final Pattern TEMPLATE_HASH = Pattern.compile("pod-template-hash=[a-z0-9]+");

    private final Map<String, String> names;
    private final String node;

    /** Normalises a run with these generated names. */
    Normal(Map<String, String> names, String node) {
        this.names = names;
        this.node = node;
    }

    JsonNode of(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = Json.object().arrayNode();
            array.forEach(each -> copy.add(of(each)));
            return copy;
        }
        return value.isTextual() ? TextNode.valueOf(text(value.asText())) : value;
    }

    private ObjectNode object(ObjectNode object) {
        ObjectNode copy = Json.object();
        object.properties().forEach(entry -> {
            String key = text(entry.getKey());
            if (DROPPED.contains(key)) {
                return;
            }
            boolean replaced = VALUES.contains(key) && !entry.getValue().isNull();
            copy.set(key, replaced ? TextNode.valueOf("<" + key + ">") : of(entry.getValue()));
        });
        if (copy.path("annotations").isEmpty()) {
            copy.remove("annotations");
        }
        if (copy.has("imageID")) {
            copy.put("image", "<image>");
        }
        String generated = copy.path("generateName").asText("");
        if (!generated.isEmpty() && copy.path("name").asText().matches(Pattern.quote(generated) + "[a-z0-9]{5}")) {
            copy.put("name", generated + "<suffix>");
        }
        return copy;
    }

    String text(String value) {
        String text = value;
        // Long names first: a name may be the beginning of another.
        Stream<Map.Entry<String, String>> longestFirst = names.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<String, String> name) -> -name.getKey().length()));
        for (Map.Entry<String, String> name : longestFirst.toList()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        text = UUID.matcher(text).replaceAll("<uid>");
        text = TIME.matcher(text).replaceAll("<time>");
        text = IP.matcher(text).replaceAll("<ip>");
        text = VERSIONS.matcher(text).replaceAll("<versions>");
        text = EVENT_NAME.matcher(text).replaceAll(".<time>");
        text = TEMPLATE_HASH.matcher(text).replaceAll("pod-template-hash=<hash>");
        text = DOCUMENT_HASH.matcher(text).replaceAll("?hash=<hash>");
        text = TOKEN_VOLUME.matcher(text).replaceAll("kube-api-access-<suffix>");
        text = VOLUME_DIRECTORY.matcher(text).replaceAll("<volumes>/");
        if (!node.isEmpty()) {
            text = text.replace(node, "<node>");
        }
        text = text.replace("docker.io/library/", "");
        return AGE.matcher(text).matches() ? "<age>" : text;
    }
}
