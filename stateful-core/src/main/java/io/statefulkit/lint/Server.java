package io.statefulkit.lint;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.pod.Image;
import java.util.Optional;

/** A container that runs a database server. */
record Server(Pods pods, Container container, EngineKind engine, Image image) {

    static Optional<Server> of(Pods pods, Container container) {
        return Images.parse(container.getImage())
                .flatMap(image -> EngineKind.of(image)
                        .filter(engine -> engine.starts(Pods.words(container)))
                        .map(engine -> new Server(pods, container, engine, image)));
    }

    String path() {
        return pods.path(container);
    }

    /** Return the major version; without a number in the tag, that of the newest image. */
    int major() {
        int newest = engine == EngineKind.POSTGRES ? 18 : engine == EngineKind.MYSQL ? 9 : 8;
        return image.major().orElse(newest);
    }

    /** Return the directory that holds the data. */
    String dataPath() {
        return switch (engine) {
            case POSTGRES ->
                Pods.value(container, "PGDATA")
                        .orElse(
                                major() >= 18
                                        ? "/var/lib/postgresql/" + major() + "/docker"
                                        : "/var/lib/postgresql/data");
            case MYSQL -> "/var/lib/mysql";
            case REDIS -> "/data";
        };
    }

    Optional<VolumeMount> dataMount() {
        return Pods.mountOf(container, dataPath());
    }

    /** Return the claim that holds the data. */
    Optional<String> dataClaim() {
        return dataMount().flatMap(mount -> pods.claimOf(mount.getName()));
    }

    boolean mounts(String path) {
        return container.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath() != null
                        && Pods.strip(mount.getMountPath()).equals(path));
    }

    boolean fenced() {
        return Pods.words(container).contains("flock");
    }
}
