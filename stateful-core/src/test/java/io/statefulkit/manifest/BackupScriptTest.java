package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup script of a plan, run by a real shell, with stand-ins for the programs of PostgreSQL. */
class BackupScriptTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private Path dumps;

    @BeforeEach
    void programs() throws IOException {
        dumps = root.resolve("dumps");
        Files.writeString(root.resolve("backup.sh"), script());
        program("pg_isready", "exit 0");
        program("sleep", "[ -z \"$STOP_AT_SLEEP\" ] || kill $PPID; exec /bin/sleep \"$@\"");
        program("pg_dumpall", "for a; do case $a in --file=*) echo roles >\"${a#--file=}\";; esac; done");
        program("pg_dump", """
            for a; do case $a in --file=*) f=${a#--file=};; esac; done
            printf %s "$CONTENT" >"$f"
            [ -z "$HANG" ] || exec sleep 600
            exit "${RESULT:-0}"
            """);
        program("pg_restore", "for f; do :; done; ! grep -q half \"$f\"");
    }

    @Test
    void a_dump_gets_its_name_when_it_is_complete_and_has_been_read() throws Exception {
        Process run = start(Map.of("CONTENT", "whole"));

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output(run)).contains("backup ok shop-");
        assertThat(run.exitValue()).isZero();
        assertThat(names())
                .hasSize(4)
                .anyMatch(name -> name.endsWith(".dump"))
                .anyMatch(name -> name.endsWith(".globals.sql"));
        assertThat(shell("cd dumps && sha256sum -c *.sha256")).contains("OK");
    }

    @Test
    void half_a_dump_is_thrown_away_and_the_last_good_one_stays() throws Exception {
        Files.createDirectories(dumps);
        Files.writeString(dumps.resolve("shop-20260101T000000Z.dump"), "old");

        Process run = start(Map.of("CONTENT", "half", "BACKUP_KEEP", "1"));

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isNotZero();
        assertThat(output(run)).contains("backup FAILED");
        assertThat(names()).containsExactlyInAnyOrder("shop-20260101T000000Z.dump", ".last_failure");
    }

    @Test
    void a_dump_that_fails_is_thrown_away() throws Exception {
        Process run = start(Map.of("CONTENT", "whole", "RESULT", "1"));

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isNotZero();
        assertThat(names()).containsExactly(".last_failure");
    }

    @Test
    void only_as_many_dumps_as_wanted_are_kept() throws Exception {
        Files.createDirectories(dumps);
        for (int day = 1; day <= 4; day++) {
            Files.writeString(dumps.resolve("shop-2026010%dT000000Z.dump".formatted(day)), "old");
        }

        Process run = start(Map.of("CONTENT", "whole", "BACKUP_KEEP", "2"));

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(names().stream().filter(name -> name.endsWith(".dump")))
                .hasSize(2)
                .contains("shop-20260104T000000Z.dump");
    }

    @Test
    void dumps_of_others_on_the_same_volume_stay_though_their_names_begin_alike() throws Exception {
        Files.createDirectories(dumps);
        List<String> others = List.of(
                "shop-eu-20260101T000000Z.dump",
                "shop-eu-20260102T000000Z.dump",
                "shop-eu-20260103T000000Z.dump.partial",
                "shop-before-the-move.dump",
                "other.partial");
        for (String other : others) {
            Files.writeString(dumps.resolve(other), "not ours");
        }
        Files.writeString(dumps.resolve("shop-20260101T000000Z.dump"), "old");
        Files.writeString(dumps.resolve("shop-20260102T000000Z.dump.partial"), "left by a kill");

        Process run = start(Map.of("CONTENT", "whole", "BACKUP_KEEP", "1"));

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        assertThat(names())
                .containsAll(others)
                .doesNotContain("shop-20260101T000000Z.dump", "shop-20260102T000000Z.dump.partial")
                .filteredOn(name -> name.matches("shop-\\d{8}T\\d{6}Z\\.dump"))
                .hasSize(1);
    }

    @Test
    void a_kill_in_the_middle_leaves_nothing_that_looks_like_a_dump() throws Exception {
        Process killed = start(Map.of("CONTENT", "whole", "HANG", "yes"));
        await().atMost(LIMIT).until(() -> names().stream().anyMatch(name -> name.endsWith(".partial")));
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(names()).noneMatch(name -> name.endsWith(".dump"));

        Process next = start(Map.of("CONTENT", "whole"));

        assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(names()).noneMatch(name -> name.contains(".partial")).anyMatch(name -> name.endsWith(".dump"));
    }

    @Test
    void a_request_to_stop_ends_a_running_dump_and_the_script() throws Exception {
        Process loop = start(Map.of("CONTENT", "whole", "HANG", "yes", "BACKUP_INTERVAL", "3600"));
        await().atMost(LIMIT).until(() -> names().stream().anyMatch(name -> name.endsWith(".partial")));

        loop.destroy();

        assertThat(loop.waitFor(60, TimeUnit.SECONDS))
                .as("ends long before the dump would")
                .isTrue();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_request_to_stop_ends_the_pause_between_two_dumps() throws Exception {
        Process loop = start(Map.of("CONTENT", "whole", "BACKUP_INTERVAL", "3600"));
        await().atMost(LIMIT).until(() -> names().contains(".last_success"));

        loop.destroy();

        assertThat(loop.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.exitValue()).isZero();
    }

    /** What begins to wait at the moment it is told to end must not wait to its end. */
    @Test
    void a_stop_that_comes_as_a_pause_begins_ends_the_pause() throws Exception {
        Process loop = start(Map.of("CONTENT", "whole", "BACKUP_INTERVAL", "3600", "STOP_AT_SLEEP", "yes"));

        assertThat(loop.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.exitValue()).isZero();
    }

    private Process start(Map<String, String> settings) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", root.resolve("backup.sh").toString());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment()
                .putAll(Map.of(
                        "PGDATABASE",
                        "shop",
                        "BACKUP_DIR",
                        dumps.toString(),
                        "BACKUP_KEEP",
                        "3",
                        "BACKUP_RETRY",
                        "60"));
        builder.environment().putAll(settings);
        return builder.redirectErrorStream(true)
                .redirectOutput(root.resolve("out.txt").toFile())
                .start();
    }

    private String output(Process ended) throws IOException {
        assertThat(ended.isAlive()).isFalse();
        return Files.readString(root.resolve("out.txt"));
    }

    private String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(dumps)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dumps)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void program(String name, String body) throws IOException {
        Path file = root.resolve("bin").resolve(name);
        Files.createDirectories(root.resolve("bin"));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String script() {
        return Plan.of(TutorialSystemsTest.TASKS).resources().stream()
                .filter(object -> object.getMetadata().getName().equals("tasks-backup-script"))
                .map(object -> ((ConfigMap) object).getData().get("backup.sh"))
                .findFirst()
                .orElseThrow();
    }
}
