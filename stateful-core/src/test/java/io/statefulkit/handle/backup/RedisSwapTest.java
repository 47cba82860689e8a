package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange of the files of a Redis server, by a real shell that dies at each of its steps. */
class RedisSwapTest {

    private static final Map<String, String> BEFORE = Map.of("dump.rdb", "old", "appendonlydir/base", "old base");
    private static final Map<String, String> AFTER =
            Map.of("dump.rdb", "new", "appendonlydir/base", "new base", "appendonlydir/incr", "new incr");

    /** Kills the shell when it is about to do one step more than it may; nothing is written to a disk. */
    private static final String MORTAL = """
        set -eu
        step() { [ "$STEPS" -gt 0 ] || kill -9 $$; STEPS=$((STEPS-1)); }
        mv() { step; command mv "$@"; }
        mkdir() { step; command mkdir "$@"; }
        rm() { step; command rm "$@"; }
        sync() { step; }
        """;

    @TempDir
    private Path root;

    @Test
    void whatever_step_it_dies_at_all_files_are_the_old_ones_or_the_new_ones_afterwards() throws Exception {
        int died = 0;
        boolean backward = false;
        boolean forward = false;
        while (true) {
            Path data = files(died);
            boolean ended = run(data, "complete; exchange", died);
            boolean twice = run(data, "finish", 2);

            assertThat(run(data, "finish", 1000)).as("finished, " + twice).isTrue();

            boolean exchanged = content(data).equals(AFTER);
            assertThat(content(data)).as("after the death at step " + died).isEqualTo(exchanged ? AFTER : BEFORE);
            if (exchanged) {
                assertThat(content(data.resolve(".statefulkit-old-1"))).isEqualTo(BEFORE);
            }
            assertThat(data.resolve(".statefulkit-new")).doesNotExist();
            backward |= !exchanged;
            forward |= exchanged && !ended;
            if (ended) {
                break;
            }
            died++;
        }
        assertThat(died).as("steps").isGreaterThan(10);
        assertThat(backward).as("a restore was taken back").isTrue();
        assertThat(forward).as("a restore was completed").isTrue();
    }

    private Path files(int number) throws IOException {
        Path data = root.resolve("data" + number);
        write(data, BEFORE);
        write(data.resolve(".statefulkit-new"), AFTER);
        return data;
    }

    private static void write(Path folder, Map<String, String> content) throws IOException {
        for (Map.Entry<String, String> one : content.entrySet()) {
            Path file = folder.resolve(one.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, one.getValue());
        }
    }

    /** Returns whether it came to its end. */
    private boolean run(Path data, String functions, int steps) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", MORTAL + RedisSwap.SCRIPT + functions);
        shell.environment()
                .putAll(Map.of(
                        "STEPS",
                        String.valueOf(steps),
                        "DATA",
                        data.toString(),
                        "OLD",
                        ".statefulkit-old-1",
                        "FILES",
                        "dump.rdb appendonly.aof appendonlydir"));
        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertThat(code).as(said).isIn(0, 137);
        return code == 0;
    }

    /** Returns the files of a server, without what the exchange keeps beside them. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().startsWith(".statefulkit"))
                    .forEach(file -> content.put(folder.relativize(file).toString(), text(file)));
        }
        return content;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
