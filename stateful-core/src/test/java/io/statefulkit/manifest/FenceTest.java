package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulSpec;
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

    private static final String WITH_FLOCK = ":" + System.getenv("PATH");
    private static final String WITHOUT_FLOCK = "";

    @TempDir
    private Path root;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void server() throws IOException {
        Path file = root.resolve("docker-entrypoint.sh");
        Files.writeString(file, "#!/bin/sh\necho \"serving $*\"\nexec /bin/sleep 600\n");
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

    /** As the official ones of MySQL: what InnoDB does with its files, no other server does. */
    @Test
    void in_an_image_without_flock_a_server_that_locks_its_files_itself_starts_and_says_so() throws Exception {
        start("alone", mySql("mysql:8.4.6"), WITHOUT_FLOCK);

        await().atMost(LIMIT).until(() -> output("alone").contains("serving mysqld"));
        assertThat(output("alone"))
                .startsWith(
                        "statefulkit: this image has no flock: what keeps a second server off the volume is the lock"
                                + " that the server itself puts on its files\n");
    }

    @Test
    void in_an_image_without_flock_no_other_server_starts() throws Exception {
        Process refused = start("refused", TutorialSystemsTest.WORDS, WITHOUT_FLOCK);

        assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(69);
        assertThat(output("refused")).isEqualTo("statefulkit: this image has no flock, see withoutFence\n");
    }

    @Test
    void where_there_is_flock_the_lock_is_taken_for_a_server_that_locks_its_files_itself_as_well() throws Exception {
        start("first", mySql("mariadb:11.8.3-noble"), WITH_FLOCK);
        await().atMost(LIMIT).until(() -> output("first").contains("serving mariadbd"));

        start("second", mySql("mariadb:11.8.3-noble"), WITH_FLOCK);

        await().atMost(LIMIT).until(() -> output("second").contains("waiting: another pod still uses this volume"));
        assertThat(output("second")).doesNotContain("serving");
    }

    private static StatefulMySql mySql(String image) {
        return StatefulMySql.named("shop").withImage(image).withVolumeClaimTemplate("2Gi");
    }

    private Process start(String name) throws IOException {
        return start(name, TutorialSystemsTest.WORDS, WITH_FLOCK);
    }

    private Process start(String name, StatefulSpec spec, String programs) throws IOException {
        StatefulSet set = Plan.of(spec).resources().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
        var container = set.getSpec().getTemplate().getSpec().getContainers().get(0);
        List<String> command = new ArrayList<>(container.getCommand());
        command.addAll(container.getArgs());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", root + programs);
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
