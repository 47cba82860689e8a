package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.watch.Forbidden;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the Secrets that pods refer to and that nobody plans to create. */
final class References {

    private final KubernetesClient client;
    private final String namespace;
    private final List<HasMetadata> planned;

    References(KubernetesClient client, String namespace, List<HasMetadata> planned) {
        this.client = client;
        this.namespace = namespace;
        this.planned = planned;
    }

    void check(StatefulSet set) {
        PodSpec pod = set.getSpec().getTemplate().getSpec();
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .map(Container::getEnv)
                .flatMap(List::stream)
                .flatMap(env -> secretKey(env).stream())
                .filter(key -> !Boolean.TRUE.equals(key.getOptional()))
                .filter(key -> !isPlanned(key.getName()))
                .forEach(this::checkKey);
    }

    private static Optional<SecretKeySelector> secretKey(EnvVar env) {
        return Optional.ofNullable(env.getValueFrom()).map(from -> from.getSecretKeyRef());
    }

    private boolean isPlanned(String secret) {
        return planned.stream()
                .anyMatch(object -> object instanceof Secret
                        && object.getMetadata().getName().equals(secret));
    }

    private void checkKey(SecretKeySelector key) {
        String object = "Secret " + namespace + "/" + key.getName();
        Secret secret;
        try {
            secret = client.secrets()
                    .inNamespace(namespace)
                    .withName(key.getName())
                    .get();
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            return;
        }
        if (secret == null) {
            throw new ApplyException(object, 0, "the pods need it but it does not exist", "create it first");
        }
        Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        String value = data.get(key.getKey());
        if (value == null) {
            throw new ApplyException(
                    object, 0, "it has no key " + key.getKey() + ", only " + data.keySet(), "name a key that exists");
        }
        if (new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).endsWith("\n")) {
            throw new ApplyException(
                    object,
                    0,
                    "its value " + key.getKey() + " ends with a line break, which becomes part of it (rule SEC07)",
                    "create it without: use printf or echo -n instead of echo");
        }
    }
}
