package io.statefulkit.embedded.node.volume;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.node.process.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sets up the volumes of a pod as directories. Used by one thread at a time. */
public final class Volumes {

    private final Path directory;
    private final ConfigSource source;
    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    /** Takes the directory for volumes that live as long as the pod. */
    public Volumes(Path directory, ConfigSource source) {
        this.directory = directory;
        this.source = source;
    }

    /** Returns where each volume is. */
    public Map<String, Path> paths() {
        return Map.copyOf(paths);
    }

    /**
     * Sets up all volumes, and brings the contents of those that come from objects up to date.
     *
     * @throws ConfigException when something they refer to is missing, or one cannot be written; it names the volume
     */
    public void setUp(Pod pod, String podIp, String hostIp) throws ConfigException, IOException {
        Files.createDirectories(directory);
        PodFields fields = new PodFields(pod, podIp, hostIp, source);
        for (Volume volume : pod.getSpec().getVolumes()) {
            try {
                paths.put(volume.getName(), setUp(pod, volume, fields));
            } catch (ConfigException e) {
                throw new ConfigException(String.valueOf(e.getMessage()), volume.getName());
            } catch (IOException e) {
                throw new ConfigException(String.valueOf(e), volume.getName());
            }
        }
    }

    /** Deletes the volumes that live as long as the pod. */
    public void tearDown() {
        Workspace.delete(directory);
    }

    private Path setUp(Pod pod, Volume volume, PodFields fields) throws ConfigException, IOException {
        String namespace = pod.getMetadata().getNamespace();
        Path own = directory.resolve(volume.getName());
        if (volume.getPersistentVolumeClaim() != null || volume.getEphemeral() != null) {
            String claim = volume.getEphemeral() == null
                    ? volume.getPersistentVolumeClaim().getClaimName()
                    : pod.getMetadata().getName() + "-" + volume.getName();
            return source.claim(namespace, claim)
                    .orElseThrow(() -> new ConfigException("persistentvolumeclaim \"" + claim + "\" not found"));
        }
        if (volume.getHostPath() != null) {
            return HostPaths.find(volume.getHostPath());
        }
        if (volume.getConfigMap() != null) {
            var map = volume.getConfigMap();
            new VolumeFiles(own, mode(map.getDefaultMode()))
                    .write(
                            configMap(namespace, map.getName(), map.getItems(), map.getOptional()),
                            modes(map.getItems()));
        } else if (volume.getSecret() != null) {
            var secret = volume.getSecret();
            new VolumeFiles(own, mode(secret.getDefaultMode()))
                    .write(
                            secret(namespace, secret.getSecretName(), secret.getItems(), secret.getOptional()),
                            modes(secret.getItems()));
        } else if (volume.getDownwardAPI() != null) {
            var downward = volume.getDownwardAPI();
            Map<String, byte[]> files = new TreeMap<>();
            for (var item : downward.getItems()) {
                files.put(item.getPath(), downward(pod, item, fields));
            }
            new VolumeFiles(own, mode(downward.getDefaultMode())).write(files, Map.of());
        } else if (volume.getProjected() != null) {
            projected(pod, volume, fields, own);
        } else {
            emptyDirectory(own);
        }
        return own;
    }

    private static void emptyDirectory(Path own) throws IOException {
        if (!Files.isDirectory(own)) {
            Files.createDirectories(own);
            Workspace.allow(own, "rwxrwxrwx");
        }
    }

    private void projected(Pod pod, Volume volume, PodFields fields, Path own) throws ConfigException, IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, Integer> modes = new TreeMap<>();
        String namespace = pod.getMetadata().getNamespace();
        for (VolumeProjection projection : volume.getProjected().getSources()) {
            if (projection.getConfigMap() != null) {
                var map = projection.getConfigMap();
                files.putAll(configMap(namespace, map.getName(), map.getItems(), map.getOptional()));
                modes.putAll(modes(map.getItems()));
            }
            if (projection.getSecret() != null) {
                var secret = projection.getSecret();
                files.putAll(secret(namespace, secret.getName(), secret.getItems(), secret.getOptional()));
                modes.putAll(modes(secret.getItems()));
            }
            if (projection.getDownwardAPI() != null) {
                for (var item : projection.getDownwardAPI().getItems()) {
                    files.put(item.getPath(), downward(pod, item, fields));
                }
            }
            if (projection.getServiceAccountToken() != null) {
                files.put(projection.getServiceAccountToken().getPath(), token(pod, volume, projection));
            }
        }
        new VolumeFiles(own, mode(volume.getProjected().getDefaultMode())).write(files, modes);
    }

    /** A token is asked for once: a volume whose other files change keeps it. */
    private byte[] token(Pod pod, Volume volume, VolumeProjection projection) throws ConfigException {
        var wanted = projection.getServiceAccountToken();
        String key = volume.getName() + "/" + wanted.getPath();
        if (!tokens.containsKey(key)) {
            try {
                tokens.put(key, source.token(pod, wanted));
            } catch (Failure e) {
                throw new ConfigException("failed to fetch token: " + e.getMessage());
            }
        }
        return tokens.getOrDefault(key, "").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] downward(
            Pod pod, io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile item, PodFields fields)
            throws ConfigException {
        if (item.getFieldRef() != null) {
            return fields.field(item.getFieldRef().getFieldPath()).getBytes(StandardCharsets.UTF_8);
        }
        var reference = item.getResourceFieldRef();
        var all = Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
        for (var container : all.toList()) {
            if (container.getName().equals(reference.getContainerName())) {
                return fields.resource(container, reference.getResource(), reference.getDivisor())
                        .getBytes(StandardCharsets.UTF_8);
            }
        }
        throw new ConfigException("container " + reference.getContainerName() + " not found");
    }

    private Map<String, byte[]> configMap(
            String namespace, String name, List<KeyToPath> items, @Nullable Boolean optional) throws ConfigException {
        return select(source.configMap(namespace, name), "configmap", name, items, optional);
    }

    private Map<String, byte[]> secret(String namespace, String name, List<KeyToPath> items, @Nullable Boolean optional)
            throws ConfigException {
        return select(source.secret(namespace, name), "secret", name, items, optional);
    }

    private static Map<String, byte[]> select(
            Optional<Map<String, byte[]>> data,
            String kind,
            String name,
            List<KeyToPath> items,
            @Nullable Boolean optional)
            throws ConfigException {
        boolean lenient = Boolean.TRUE.equals(optional);
        if (data.isEmpty() && !lenient) {
            throw new ConfigException(kind + " \"" + name + "\" not found");
        }
        if (items == null || items.isEmpty()) {
            return data.orElse(Map.of());
        }
        Map<String, byte[]> selected = new TreeMap<>();
        for (KeyToPath item : items) {
            byte[] value = data.orElse(Map.of()).get(item.getKey());
            if (value != null) {
                selected.put(item.getPath(), value);
            } else if (!lenient) {
                String what = kind.equals("configmap")
                        ? "configmap references non-existent config"
                        : "references non-existent secret";
                throw new ConfigException(what + " key: " + item.getKey());
            }
        }
        return selected;
    }

    private static Map<String, Integer> modes(@Nullable List<KeyToPath> items) {
        Map<String, Integer> modes = new TreeMap<>();
        for (KeyToPath item : items == null ? List.<KeyToPath>of() : items) {
            if (item.getMode() != null) {
                modes.put(item.getPath(), item.getMode());
            }
        }
        return modes;
    }

    private static int mode(@Nullable Integer given) {
        return given == null ? 0644 : given;
    }
}
