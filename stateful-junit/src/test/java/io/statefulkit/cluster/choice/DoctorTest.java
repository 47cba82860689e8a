package io.statefulkit.cluster.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.testing.FakeCluster;
import io.statefulkit.cluster.testing.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    private Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int report(FakeProvider... providers) {
        return report(Duration.ofSeconds(60), providers);
    }

    private int report(Duration limit, ClusterProvider... providers) {
        return new Doctor(List.of(providers), root, limit)
                .report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static FakeProvider provider(ProviderKind kind, String obstacle) {
        return new FakeProvider(kind, obstacle, FakeCluster::new);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void what_is_in_the_way_is_told_and_what_tests_run_on() {
        FakeProvider embedded = provider(ProviderKind.EMBEDDED, "");

        int exit = report(provider(ProviderKind.K3S, "no Docker engine answers"), embedded);

        assertThat(exit).isZero();
        assertThat(text())
                .startsWith("K3S        no: no Docker engine answers\nEMBEDDED   yes\n")
                .endsWith("tests run on EMBEDDED, since no K3S: no Docker engine answers\n");
        assertThat(embedded.starts()).isZero();
    }

    /** Answers when this many look at the same time. */
    private static ClusterProvider together(ProviderKind kind, CyclicBarrier barrier) {
        return new FakeProvider(kind, "", FakeCluster::new) {
            @Override
            public Optional<String> glance(ClusterSettings settings) {
                try {
                    int unused = barrier.await();
                    return Optional.empty();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Test
    void all_are_looked_at_at_the_same_time() {
        CyclicBarrier barrier = new CyclicBarrier(2);

        report(Duration.ofSeconds(60), together(ProviderKind.K3S, barrier), together(ProviderKind.EMBEDDED, barrier));

        assertThat(text())
                .startsWith("K3S        yes\nEMBEDDED   yes\n")
                .endsWith("tests run on K3S, since it is available\n");
    }

    @Test
    void nobody_is_waited_for_who_takes_too_long() {
        CyclicBarrier never = new CyclicBarrier(3);

        int exit = report(
                Duration.ofMillis(1), together(ProviderKind.K3S, never), together(ProviderKind.KUBECONFIG, never));

        assertThat(exit).isEqualTo(1);
        assertThat(text().lines())
                .startsWith(
                        "K3S        no: there was no answer within 1 ms",
                        "KUBECONFIG no: there was no answer within 1 ms");
        never.reset();
    }

    @Test
    void a_machine_that_can_run_nothing_is_an_error() {
        assertThat(report(provider(ProviderKind.EMBEDDED, "this is no Linux"))).isEqualTo(1);
        assertThat(text()).endsWith("no EMBEDDED: this is no Linux\n");
    }

    @Test
    void facts_of_the_machine_come_with_what_to_do() throws Exception {
        write("proc/sys/fs/inotify/max_user_instances", "128\n");

        report(provider(ProviderKind.EMBEDDED, ""));

        assertThat(text())
                .contains("  cgroups: version 1; k3s from 1.35 on")
                .contains("  inotify instances: 128; several clusters at a time need more:")
                .contains("  free disk: ");
    }

    @Test
    void a_machine_that_is_fine_gets_no_advice() throws Exception {
        write("proc/sys/fs/inotify/max_user_instances", "1024\n");
        write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");

        report(provider(ProviderKind.EMBEDDED, ""));

        assertThat(text()).contains("  cgroups: version 2\n").contains("  inotify instances: 1024\n");
    }
}
