package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files that are made from a dump, by a real server, where one is installed. */
@Timeout(120)
class RedisFilesTest {

    @TempDir
    private Path root;

    /** A server that finds no append-only file under the names of its configuration starts without keys. */
    @Test
    void they_have_the_names_of_the_configuration_however_many_databases_there_are() throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v redis-server && command -v redis-cli")
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0,
                "redis-server is not installed on this machine");
        Path data = Files.createDirectory(root.resolve("data"));
        Path temporary = Files.createDirectory(root.resolve("tmp"));
        Path dump = Files.write(root.resolve("dump"), oneKeyInDatabase(20));
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", "sync() { :; }\n" + RedisRestore.MAKE.replace("/tmp/", temporary + "/"));
        shell.environment()
                .putAll(Map.of(
                        "BACKUP", dump.toString(),
                        "DATA", data.toString(),
                        "OLD", ".statefulkit-old-1",
                        "RDB", "keys.rdb",
                        "FILES", "keys.rdb journal.aof journals",
                        "AOF", "yes",
                        "AOF_FILE", "journal.aof",
                        "AOF_DIRECTORY", "journals"));

        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains(RedisSwap.EXCHANGED);
        assertThat(data.resolve("keys.rdb")).hasSameBinaryContentAs(dump);
        assertThat(names(data)).anyMatch(name -> name.startsWith("journal"));
        assertThat(data.resolve(".statefulkit-new")).doesNotExist();
    }

    /** Since version 7 there is a directory of files, before that one file. */
    private static List<String> names(Path data) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static byte[] oneKeyInDatabase(int number) {
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        dump.writeBytes("REDIS0009".getBytes(StandardCharsets.US_ASCII));
        // Database, a string of one letter with a value of one letter, the end, and no checksum.
        dump.writeBytes(new byte[] {(byte) 0xFE, (byte) number, 0, 1, 'a', 1, 'b', (byte) 0xFF});
        dump.writeBytes(new byte[8]);
        return dump.toByteArray();
    }
}
