package io.statefulkit.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script runs against directories that look like processes; those that it may kill are processes of this test. */
class NodeKillTest {

    private static final String ID = "4f1c2d";

    @TempDir
    private Path proc;

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "600").start();
    }

    private void shows(Process process, String cgroup, String pids) throws IOException {
        Path directory = Files.createDirectory(proc.resolve("" + process.pid()));
        Files.writeString(directory.resolve("cgroup"), cgroup + "\n");
        Files.writeString(directory.resolve("status"), "Name:\tsleep\nNSpid:\t" + pids + "\nThreads:\t1\n");
    }

    private String run(int expectedExit) throws Exception {
        Process script = new ProcessBuilder("sh", "-c", NodeKill.SCRIPT, "kill", ID, proc.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(output).isEqualTo(expectedExit);
        return output;
    }

    @Test
    void the_first_process_of_the_container_is_killed_and_no_other() throws Exception {
        Process main = sleeper();
        Process child = sleeper();
        Process neighbour = sleeper();
        try {
            shows(main, "0::/../../pod7/cri-containerd-" + ID + ".scope", main.pid() + "\t1");
            shows(child, "0::/../../pod7/cri-containerd-" + ID + ".scope", child.pid() + "\t23");
            shows(neighbour, "0::/../../pod7/cri-containerd-77aa.scope", neighbour.pid() + "\t1");

            assertThat(run(0)).isEqualTo("killed 1 processes\n");

            assertThat(main.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(main.exitValue()).as("128 + SIGKILL").isEqualTo(137);
            assertThat(child.isAlive()).isTrue();
            assertThat(neighbour.isAlive()).isTrue();
        } finally {
            main.destroyForcibly();
            child.destroyForcibly();
            neighbour.destroyForcibly();
        }
    }

    @Test
    void a_container_that_is_not_there_is_an_error() throws Exception {
        assertThat(run(1)).isEqualTo("killed 0 processes\n");
    }

    @Test
    void it_runs_on_the_node_of_the_pod_in_its_namespace_and_is_marked_as_ours() {
        Pod target = new PodBuilder()
                .withNewMetadata()
                .withName("orders-0")
                .withNamespace("orders-test")
                .endMetadata()
                .withNewSpec()
                .withNodeName("second")
                .endSpec()
                .build();

        Pod killer = NodeKill.killer(target, ID);

        assertThat(killer.getMetadata().getNamespace()).isEqualTo("orders-test");
        assertThat(killer.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "statefulkit-junit");
        assertThat(killer.getSpec().getNodeName()).isEqualTo("second");
        assertThat(killer.getSpec().getHostPID()).isTrue();
        assertThat(killer.getSpec().getContainers().get(0).getCommand()).endsWith(ID);
    }
}
