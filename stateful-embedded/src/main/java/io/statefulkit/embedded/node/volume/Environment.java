package io.statefulkit.embedded.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a pod gives a container, in Kubernetes' order of precedence: services, {@code envFrom}, {@code env}.
 * Values from Secrets are passed on untouched; all others go through the rewriting of paths and addresses.
 */
public final class Environment {

    private final Pod pod;
    private final PodFields fields;
    private final ConfigSource source;
    private final UnaryOperator<String> rewriting;

    /** Collects what the environments of a pod's containers depend on. */
    public Environment(Pod pod, String podIp, String hostIp, ConfigSource source, UnaryOperator<String> rewriting) {
        this.pod = pod;
        this.fields = new PodFields(pod, podIp, hostIp, source);
        this.source = source;
        this.rewriting = rewriting;
    }

    /**
     * Returns the variables of a container.
     *
     * @throws ConfigException when something it refers to is missing
     */
    public Map<String, String> of(Container container) throws ConfigException {
        boolean links = !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks());
        Map<String, String> variables = new LinkedHashMap<>(source.services(namespace(), links));
        variables.put("HOSTNAME", hostname(pod));
        for (EnvFromSource from : container.getEnvFrom()) {
            addAll(variables, from);
        }
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValueFrom() == null) {
                String text = Expansion.expand(variable.getValue() == null ? "" : variable.getValue(), variables);
                variables.put(variable.getName(), rewriting.apply(text));
            } else {
                Optional<String> value = resolve(container, variable.getValueFrom());
                value.ifPresent(text -> variables.put(variable.getName(), text));
            }
        }
        return variables;
    }

    /** Returns the host name that a pod sees. */
    public static String hostname(Pod pod) {
        String given = pod.getSpec().getHostname();
        return given == null || given.isEmpty() ? pod.getMetadata().getName() : given;
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }

    private void addAll(Map<String, String> variables, EnvFromSource from) throws ConfigException {
        String prefix = from.getPrefix() == null ? "" : from.getPrefix();
        if (from.getConfigMapRef() != null) {
            String name = from.getConfigMapRef().getName();
            Optional<Map<String, byte[]>> data = source.configMap(namespace(), name);
            require(data.isPresent(), from.getConfigMapRef().getOptional(), "configmap \"" + name + "\" not found");
            data.orElse(Map.of()).forEach((key, value) -> variables.put(prefix + key, rewriting.apply(text(value))));
        }
        if (from.getSecretRef() != null) {
            String name = from.getSecretRef().getName();
            Optional<Map<String, byte[]>> data = source.secret(namespace(), name);
            require(data.isPresent(), from.getSecretRef().getOptional(), "secret \"" + name + "\" not found");
            data.orElse(Map.of()).forEach((key, value) -> variables.put(prefix + key, text(value)));
        }
    }

    private Optional<String> resolve(Container container, EnvVarSource from) throws ConfigException {
        if (from.getFieldRef() != null) {
            return Optional.of(fields.field(from.getFieldRef().getFieldPath()));
        }
        if (from.getResourceFieldRef() != null) {
            var reference = from.getResourceFieldRef();
            return Optional.of(fields.resource(container, reference.getResource(), reference.getDivisor()));
        }
        if (from.getConfigMapKeyRef() != null) {
            var reference = from.getConfigMapKeyRef();
            return key(
                            source.configMap(namespace(), reference.getName()),
                            "configmap",
                            "ConfigMap",
                            reference.getName(),
                            reference.getKey(),
                            reference.getOptional())
                    .map(rewriting);
        }
        if (from.getSecretKeyRef() != null) {
            var reference = from.getSecretKeyRef();
            return key(
                    source.secret(namespace(), reference.getName()),
                    "secret",
                    "Secret",
                    reference.getName(),
                    reference.getKey(),
                    reference.getOptional());
        }
        return Optional.empty();
    }

    private Optional<String> key(
            Optional<Map<String, byte[]>> data,
            String resource,
            String kind,
            String name,
            String key,
            @Nullable Boolean optional)
            throws ConfigException {
        require(data.isPresent(), optional, resource + " \"" + name + "\" not found");
        byte[] value = data.orElse(Map.of()).get(key);
        require(value != null, optional, "couldn't find key " + key + " in " + kind + " " + namespace() + "/" + name);
        return Optional.ofNullable(value).map(Environment::text);
    }

    private static void require(boolean present, @Nullable Boolean optional, String message) throws ConfigException {
        if (!present && !Boolean.TRUE.equals(optional)) {
            throw new ConfigException(message);
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
