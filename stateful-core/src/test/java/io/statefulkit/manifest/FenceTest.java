package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a plan starts a server with, run by a real shell, with a stand-in for the server. */
class FenceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void server() throws IOException {
        Path file = root.resolve("docker-entrypoint.sh");
        Files.writeString(file, "#!/bin/sh\necho \"serving $*\"\nexec sleep 600\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_second_server_waits_until_the_first_one_is_gone_however_it_went() throws Exception {
        Process first = start("first");
        await().atMost(LIMIT).until(() -> output("first").contains("serving postgres -c max_connections=100"));

        Process second = start("second");
        await().atMost(LIMIT).until(() -> output("second").contains("waiting: another pod still uses this volume"));
        assertThat(output("second")).doesNotContain("serving");
        first.destroyForcibly();

        await().atMost(LIMIT).until(() -> output("second").contains("serving postgres"));
        assertThat(second.isAlive()).isTrue();
    }

    @Test
    void a_waiting_server_leaves_at_once_when_it_is_told_to_stop() throws Exception {
        start("first");
        await().atMost(LIMIT).until(() -> output("first").contains("serving"));
        Process second = start("second");
        await().atMost(LIMIT).until(() -> output("second").contains("waiting"));

        second.destroy();

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(output("second")).doesNotContain("serving");
    }

    private Process start(String name) throws IOException {
        StatefulSet set = Plan.of(TutorialSystemsTest.WORDS).resources().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
        var container = set.getSpec().getTemplate().getSpec().getContainers().get(0);
        List<String> command = new ArrayList<>(container.getCommand());
        command.addAll(container.getArgs());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", root + ":" + System.getenv("PATH"));
        builder.environment().put("STATEFULKIT_LOCK", root.resolve("lock").toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(root.resolve(name).toFile())
                .start();
        started.add(process);
        return process;
    }

    private String output(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }
}
