package io.statefulkit.lint.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that belong together, and questions about them.
 *
 * @param objects in their order
 * @param pods that they make
 * @param servers among the pods' containers
 */
@NotApi
public record Manifest(List<HasMetadata> objects, List<Pods> pods, List<Server> servers) {

    /** Return these objects with what can be told about them. */
    public static Manifest of(List<HasMetadata> objects) {
        List<Pods> pods =
                objects.stream().flatMap(object -> Pods.of(object).stream()).toList();
        List<Server> servers = pods.stream()
                .filter(some -> !some.job())
                .flatMap(some ->
                        some.spec().getContainers().stream().flatMap(container -> Server.of(some, container).stream()))
                .toList();
        return new Manifest(List.copyOf(objects), pods, servers);
    }

    /** Return all of a kind. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Return the one of a kind that has this name. */
    public <T extends HasMetadata> Optional<T> named(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(object -> name.equals(object.getMetadata().getName()))
                .findFirst();
    }

    /** Return the claim behind a volume, if it is among the objects. */
    public Optional<PersistentVolumeClaim> claim(Pods some, String name) {
        return some.templates().stream()
                .filter(template -> name.equals(template.getMetadata().getName()))
                .findFirst()
                .or(() -> named(PersistentVolumeClaim.class, name));
    }

    /** Return the volume made by hand that a claim binds, if both are among the objects. */
    public Optional<PersistentVolume> volume(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getVolumeName();
        if (name != null) {
            return named(PersistentVolume.class, name);
        }
        String storageClass = claim.getSpec().getStorageClassName();
        return storageClass == null
                ? Optional.empty()
                : all(PersistentVolume.class).stream()
                        .filter(volume -> storageClass.equals(volume.getSpec().getStorageClassName()))
                        .findFirst();
    }

    /** Return the class that a claim names, if it is among the objects. */
    public Optional<StorageClass> storageClass(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getStorageClassName();
        return name == null ? Optional.empty() : named(StorageClass.class, name);
    }

    /** Return what a container runs: its words, and the text of the ConfigMaps that it mounts. */
    public String script(Pods some, Container container) {
        StringBuilder text = new StringBuilder(Pods.words(container));
        container
                .getVolumeMounts()
                .forEach(mount -> some.volume(mount.getName())
                        .map(Volume::getConfigMap)
                        .flatMap(source -> named(ConfigMap.class, source.getName()))
                        .map(ConfigMap::getData)
                        .orElse(Map.of())
                        .values()
                        .forEach(value -> text.append('\n').append(value)));
        return text.toString();
    }
}
