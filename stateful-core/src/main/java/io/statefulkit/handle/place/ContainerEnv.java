package io.statefulkit.handle.place;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.internal.NotApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The variables of a container as its program gets them: literal, from a key of a Secret or ConfigMap or from all of its keys
 * ({@code envFrom}), or by the convention of the official images from a file that {@code NAME_FILE} names. Read from the live objects, so it holds for workloads that
 * others have deployed as well.
 */
@NotApi
public final class ContainerEnv {

    private final KubernetesClient client;
    private final String namespace;
    private final PodSpec pod;
    private final Container container;

    ContainerEnv(KubernetesClient client, String namespace, PodSpec pod, Container container) {
        this.client = client;
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
    }

    /** The key of a Secret that holds a value. */
    public record SecretKey(String secret, String key) {}

    /** Returns the value, empty when the container has no such variable. */
    public Optional<String> value(String name) {
        return variable(name).flatMap(this::resolve).or(() -> secretKey(name).flatMap(this::read));
    }

    /** Returns where in a Secret the value comes from, empty when it does not come from one. */
    public Optional<SecretKey> secretKey(String name) {
        Optional<SecretKey> direct = variable(name)
                .flatMap(env -> Optional.ofNullable(env.getValueFrom()))
                .flatMap(from -> Optional.ofNullable(from.getSecretKeyRef()))
                .map(ref -> new SecretKey(ref.getName(), ref.getKey()));
        return direct.or(() -> variable(name + "_FILE")
                .flatMap(env -> Optional.ofNullable(env.getValue()))
                .flatMap(this::mountedSecret));
    }

    /**
     * Returns a variable of another name that gets the same value, without the value of a Secret in it; empty when the container has
     * no such variable.
     */
    public Optional<EnvVar> renamed(String name, String other) {
        Optional<EnvVar> direct = variable(name).map(env -> new EnvVar(other, env.getValue(), env.getValueFrom()));
        return direct.or(() -> secretKey(name).map(key -> fromSecret(other, key)));
    }

    private static EnvVar fromSecret(String name, SecretKey key) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key.key(), key.secret(), null)
                .endValueFrom()
                .build();
    }

    /** Of several of one name the last one counts, and one that is named before those that come with all keys of an object. */
    private Optional<EnvVar> variable(String name) {
        return container.getEnv().stream()
                .filter(env -> env.getName().equals(name))
                .reduce((earlier, later) -> later)
                .or(() -> container.getEnvFrom().stream()
                        .flatMap(source -> variable(source, name).stream())
                        .reduce((earlier, later) -> later));
    }

    private Optional<EnvVar> variable(EnvFromSource source, String name) {
        String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
        String key = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (source.getSecretRef() != null) {
            SecretKey secret = new SecretKey(source.getSecretRef().getName(), key);
            return read(secret).map(there -> fromSecret(name, secret));
        }
        if (source.getConfigMapRef() != null) {
            String map = source.getConfigMapRef().getName();
            return configured(map, key)
                    .map(there -> new EnvVarBuilder()
                            .withName(name)
                            .withNewValueFrom()
                            .withNewConfigMapKeyRef(key, map, null)
                            .endValueFrom()
                            .build());
        }
        return Optional.empty();
    }

    private Optional<String> resolve(EnvVar env) {
        if (env.getValueFrom() == null) {
            return Optional.ofNullable(env.getValue());
        }
        var map = env.getValueFrom().getConfigMapKeyRef();
        if (map != null) {
            return configured(map.getName(), map.getKey());
        }
        var secret = env.getValueFrom().getSecretKeyRef();
        return secret == null ? Optional.empty() : read(new SecretKey(secret.getName(), secret.getKey()));
    }

    private Optional<String> configured(String map, String key) {
        return Optional.ofNullable(
                        client.configMaps().inNamespace(namespace).withName(map).get())
                .flatMap(found -> Optional.ofNullable(found.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(key)));
    }

    private Optional<String> read(SecretKey key) {
        Secret secret =
                client.secrets().inNamespace(namespace).withName(key.secret()).get();
        return Optional.ofNullable(secret)
                .flatMap(found -> Optional.ofNullable(found.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(key.key())))
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    private Optional<SecretKey> mountedSecret(String file) {
        for (VolumeMount mount : container.getVolumeMounts()) {
            String prefix = mount.getMountPath() + "/";
            if (file.startsWith(prefix)) {
                String path = file.substring(prefix.length());
                return volume(mount.getName())
                        .flatMap(volume -> Optional.ofNullable(volume.getSecret()))
                        .map(secret -> new SecretKey(secret.getSecretName(), key(secret, path)));
            }
        }
        return Optional.empty();
    }

    private Optional<Volume> volume(String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst();
    }

    private static String key(SecretVolumeSource secret, String path) {
        List<KeyToPath> items = secret.getItems();
        return items.stream()
                .filter(item -> item.getPath().equals(path))
                .map(KeyToPath::getKey)
                .findFirst()
                .orElse(path);
    }
}
