package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of dumps, by a real shell, while a backup works in the same directory. */
class DumpListTest {

    @TempDir
    private Path backups;

    @TempDir
    private Path programs;

    @Test
    void each_dump_has_its_size_and_the_hash_that_was_noted() throws Exception {
        write("shop-20261130T100000Z.dump", "12345");
        write("shop-20261130T100000Z.dump.sha256", "abc  shop-20261130T100000Z.dump\n");
        write("shop-20261130T110000Z.dump", "1");
        write("shop-20261130T110000Z.dump.sha256", "");
        write("shop-20261130T120000Z.dump.partial", "unfinished");

        assertThat(list())
                .containsExactly(
                        new Backup("shop-20261130T100000Z.dump", Instant.parse("2026-11-30T10:00:00Z"), 5, "abc"),
                        new Backup("shop-20261130T110000Z.dump", Instant.parse("2026-11-30T11:00:00Z"), 1, ""));
    }

    /** Between the look at its hash and the one at its size, the first dump is removed. */
    @Test
    void a_dump_that_goes_while_it_is_looked_at_is_not_listed() throws Exception {
        write("shop-20261130T100000Z.dump", "12345");
        write("shop-20261130T100000Z.dump.sha256", "abc");
        write("shop-20261130T110000Z.dump", "123");
        Path cut = programs.resolve("cut");
        Files.writeString(cut, "#!/bin/sh\nrm -f shop-20261130T100000Z.dump*\necho abc\n");
        assertThat(cut.toFile().setExecutable(true)).isTrue();

        assertThat(list()).extracting(Backup::file).containsExactly("shop-20261130T110000Z.dump");
    }

    @Test
    void a_dump_whose_hash_goes_while_it_is_looked_at_is_not_listed() throws Exception {
        write("shop-20261130T100000Z.dump", "12345");
        write("shop-20261130T100000Z.dump.sha256", "abc");
        Path cut = programs.resolve("cut");
        Files.writeString(cut, "#!/bin/sh\nexit 1\n");
        assertThat(cut.toFile().setExecutable(true)).isTrue();

        assertThat(list()).isEmpty();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(backups.resolve(name), content);
    }

    private List<Backup> list() throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder(Dumps.command(Dumps.LIST, "dump"));
        shell.environment()
                .putAll(Map.of(
                        "BACKUP_DIR",
                        backups.toString(),
                        "PATH",
                        programs + File.pathSeparator + Objects.requireNonNullElse(System.getenv("PATH"), "/bin")));
        Process process = shell.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().map(Dumps::parse).toList();
    }
}
