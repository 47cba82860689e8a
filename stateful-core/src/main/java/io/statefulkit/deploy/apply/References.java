package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.watch.Forbidden;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks the Secrets and ConfigMaps that variables of pods refer to and that nobody plans to create. */
final class References {

    private final KubernetesClient client;
    private final String namespace;
    private final List<HasMetadata> planned;

    References(KubernetesClient client, String namespace, List<HasMetadata> planned) {
        this.client = client;
        this.namespace = namespace;
        this.planned = planned;
    }

    void check(PodSpec pod) {
        List<EnvVarSource> sources = Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .map(Container::getEnv)
                .flatMap(List::stream)
                .map(EnvVar::getValueFrom)
                .flatMap(Stream::ofNullable)
                .toList();
        sources.stream()
                .map(EnvVarSource::getSecretKeyRef)
                .flatMap(Stream::ofNullable)
                .filter(key -> !Boolean.TRUE.equals(key.getOptional()) && !isPlanned(Secret.class, key.getName()))
                .forEach(this::secret);
        sources.stream()
                .map(EnvVarSource::getConfigMapKeyRef)
                .flatMap(Stream::ofNullable)
                .filter(key -> !Boolean.TRUE.equals(key.getOptional()) && !isPlanned(ConfigMap.class, key.getName()))
                .forEach(this::configMap);
    }

    private boolean isPlanned(Class<? extends HasMetadata> kind, String name) {
        return planned.stream()
                .anyMatch(object -> kind.isInstance(object)
                        && object.getMetadata().getName().equals(name));
    }

    private void secret(SecretKeySelector key) {
        String object = "Secret " + namespace + "/" + key.getName();
        found(object, client.secrets().inNamespace(namespace).withName(key.getName()))
                .ifPresent(secret -> {
                    Map<String, String> data =
                            Optional.ofNullable(secret.getData()).orElse(Map.of());
                    hasKey(object, key.getKey(), data.keySet());
                    oneLine(object, key.getKey(), data.getOrDefault(key.getKey(), ""));
                });
    }

    private void configMap(ConfigMapKeySelector key) {
        String object = "ConfigMap " + namespace + "/" + key.getName();
        found(object, client.configMaps().inNamespace(namespace).withName(key.getName()))
                .ifPresent(map -> {
                    Set<String> keys = new TreeSet<>(
                            Optional.ofNullable(map.getData()).orElse(Map.of()).keySet());
                    keys.addAll(Optional.ofNullable(map.getBinaryData())
                            .orElse(Map.of())
                            .keySet());
                    hasKey(object, key.getKey(), keys);
                });
    }

    /** Returns the object, nothing when it may not be looked at. */
    private static <T extends HasMetadata> Optional<T> found(String object, Resource<T> resource) {
        try {
            T there = resource.get();
            if (there == null) {
                throw new ApplyException(object, 0, "the pods need it but it does not exist", "create it first");
            }
            return Optional.of(there);
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            return Optional.empty();
        }
    }

    private static void hasKey(String object, String key, Set<String> keys) {
        if (!keys.contains(key)) {
            throw new ApplyException(object, 0, "it has no key " + key + ", only " + keys, "name a key that exists");
        }
    }

    private static void oneLine(String object, String key, String value) {
        if (new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).endsWith("\n")) {
            throw new ApplyException(
                    object,
                    0,
                    "its value " + key + " ends with a line break, which becomes part of it (rule SEC07)",
                    "create it without: use printf or echo -n instead of echo");
        }
    }
}
