package io.statefulkit.lint.objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.pod.Image;
import java.util.Optional;

/** A container that runs a database server. */
@NotApi
public record Server(Pods pods, Container container, EngineKind engine, Image image) {

    /** Return the server in a container, if it is one that the rules know. */
    public static Optional<Server> of(Pods pods, Container container) {
        return Images.parse(container.getImage())
                .flatMap(image -> EngineKind.of(image)
                        .filter(engine -> engine.starts(Pods.words(container)))
                        .map(engine -> new Server(pods, container, engine, image)));
    }

    /** Return where findings about it are. */
    public String path() {
        return pods.path(container);
    }

    /** Return the major version; without a number in the tag, that of the newest image. */
    public int major() {
        int newest = engine == EngineKind.POSTGRES ? 18 : engine == EngineKind.MYSQL ? 9 : 8;
        return image.major().orElse(newest);
    }

    /** Return the directory that holds the data. */
    public String dataPath() {
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

    /** Return the mount that holds the data. */
    public Optional<VolumeMount> dataMount() {
        return Pods.mountOf(container, dataPath());
    }

    /** Return the claim that holds the data. */
    public Optional<String> dataClaim() {
        return dataMount().flatMap(mount -> pods.claimOf(mount.getName()));
    }

    /** Return true if something is mounted at just this path. */
    public boolean mounts(String path) {
        return container.getVolumeMounts().stream()
                .anyMatch(mount -> mount.getMountPath() != null
                        && Pods.strip(mount.getMountPath()).equals(path));
    }

    /** Return true if a lock on the volume keeps a second server from its data. */
    public boolean fenced() {
        return Pods.words(container).contains("flock");
    }
}
