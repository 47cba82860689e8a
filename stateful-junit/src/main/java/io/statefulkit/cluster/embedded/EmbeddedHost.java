package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.run.BuildProcess;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.embedded.image.ImageCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The program of a JVM that is there for an embedded cluster alone, which others share; it ends some time after the last of them. */
final class EmbeddedHost {

    private static final Duration POLL = Duration.ofMillis(500);

    private EmbeddedHost() {}

    /** What {@link #main} is given. */
    static List<String> arguments(ClusterSettings settings, SharedPlace place, Duration patience) {
        return List.of(
                place.directory().toString(),
                String.valueOf(settings.nodes()),
                settings.images().getName(),
                String.valueOf(patience.toMillis()));
    }

    /** Starts it, says how it is reached, and waits until nobody uses it. */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        SharedPlace place = new SharedPlace(Path.of(args[0]));
        place.sweep();
        Optional<BuildProcess> build =
                BuildProcess.ofPlace(place.directory().getFileName().toString());
        try (EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedOptions.defaults()
                .withNodes(Integer.parseInt(args[1]))
                .withImages(SuppliedImages.of(supplier(args[2]))))) {
            place.publish(Files.readString(cluster.kubeconfig()));
            IdleEnd end = new IdleEnd(
                    place,
                    Duration.ofMillis(Long.parseLong(args[3])),
                    () -> build.filter(BuildProcess::isOver).isPresent(),
                    Clock.systemUTC());
            Awaitility.await().forever().pollInterval(POLL).until(end::isNow);
        }
        place.sweep();
    }

    @SuppressWarnings("unchecked") // SuppliedImages says what is wrong with a class that supplies something else.
    private static Class<? extends Supplier<ImageCatalog>> supplier(String name) throws ClassNotFoundException {
        return (Class<? extends Supplier<ImageCatalog>>) Class.forName(name).asSubclass(Supplier.class);
    }
}
