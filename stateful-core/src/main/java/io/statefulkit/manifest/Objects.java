package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Ordered objects, and what they look like as text. */
record Objects(List<HasMetadata> all) {

    Objects {
        all = List.copyOf(all);
    }

    List<HasMetadata> clusterScoped() {
        return all.stream().filter(Objects::ofCluster).toList();
    }

    List<HasMetadata> namespaced() {
        return all.stream().filter(object -> !ofCluster(object)).toList();
    }

    private static boolean ofCluster(HasMetadata object) {
        return object instanceof Namespace
                || object instanceof StorageClass
                || object instanceof PersistentVolume
                || !(object instanceof Namespaced);
    }

    String yaml(SecretMode secrets) {
        return YamlText.of(all, secrets);
    }

    void writeTo(Path directory) {
        try {
            int number = 1;
            for (HasMetadata object : all) {
                Path folder = directory.resolve(ofCluster(object) ? "cluster" : "namespace");
                Files.createDirectories(folder);
                String name = "%02d-%s-%s.yaml"
                        .formatted(
                                number++,
                                object.getKind().toLowerCase(Locale.ROOT),
                                object.getMetadata().getName());
                Files.writeString(folder.resolve(name), YamlText.document(object, SecretMode.REDACTED));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
