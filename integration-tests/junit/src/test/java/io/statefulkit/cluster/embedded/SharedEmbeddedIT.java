package io.statefulkit.cluster.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ProviderKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real JVMs, and the one that their cluster is in. */
class SharedEmbeddedIT {

    /** The host looks for users twice a second. */
    private static final Duration SEVERAL_LOOKS = Duration.ofMillis(1200);

    @TempDir
    private Path directory;

    private static Process other(Path place, String namespace) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        place.toString(),
                        namespace)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    }

    private static List<ProcessHandle> hosts(SharedPlace place) {
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains("@" + place.arguments()))
                .toList();
    }

    @Test
    void two_jvms_share_a_cluster_that_outlives_the_one_that_started_it_and_ends_after_the_last() throws Exception {
        SharedPlace place = new SharedPlace(directory.resolve("own/place"));
        Process first = other(place.directory(), "of-the-first");
        try (Cluster second = second(first, place)) {
            assertThat(second.provider()).isEqualTo(ProviderKind.EMBEDDED);
            assertThat(second.faults()).as("faults reach into one JVM only").isEmpty();
            assertThat(second.killObstacle()).isEmpty();
            assertThat(second.nodeObstacle())
                    .hasValueSatisfying(why -> assertThat(why).startsWith("other JVMs share the cluster"));
            assertThat(Files.getPosixFilePermissions(second.kubeconfig()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(hosts(place)).hasSize(1);

            first.destroyForcibly().waitFor();

            Awaitility.await()
                    .during(SEVERAL_LOOKS)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> second.hasNamespace("of-the-first"));
        } finally {
            first.destroyForcibly();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(hosts(place)).isEmpty());
        assertThat(place.published()).isEmpty();
    }

    /** This JVM, which comes when the other is there. */
    private static Cluster second(Process first, SharedPlace place) throws IOException {
        String url = firstLine(first);
        Cluster second = OtherJvm.cluster(place.directory()).join();
        assertThat(second.client().getMasterUrl()).hasToString(url);
        return second;
    }
}
