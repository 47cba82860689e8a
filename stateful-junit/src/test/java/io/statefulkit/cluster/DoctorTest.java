package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.testing.FakeCluster;
import io.statefulkit.cluster.testing.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    private Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int report(FakeProvider... providers) {
        return new Doctor(List.of(providers), root).report(new PrintStream(printed, true, StandardCharsets.UTF_8));
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
