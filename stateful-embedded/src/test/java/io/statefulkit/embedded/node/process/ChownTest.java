package io.statefulkit.embedded.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers find in place of chown. */
class ChownTest {

    @TempDir
    private Path directory;

    private static Workspace workspace;

    @BeforeAll
    static void create() {
        workspace = Workspace.create();
    }

    @AfterAll
    static void delete() {
        workspace.delete();
    }

    @Test
    void files_belong_to_the_one_user_whatever_its_number_in_the_image() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        boolean root = ProcessUser.jvmIsRoot();
        Object before = Files.getAttribute(file, "unix:uid");

        assertThat(run("chown", "-R", "4711:4711", file.toString())).isEqualTo("0: ");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(root ? 65_533 : before);
        assertThat(run("chgrp", "4711", file.toString())).isEqualTo("0: ");
        assertThat(run("chown", "--reference=/", file.toString())).isEqualTo("0: ");
        if (root) {
            assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(0);
            assertThat(run("chown", "nobody", file.toString())).isEqualTo("0: ");
            assertThat(run("chown", "root:root", file.toString())).isEqualTo("0: ");
            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
        }
    }

    @Test
    void a_file_that_is_not_there_is_an_error_as_ever() throws Exception {
        String missing = directory.resolve("missing").toString();

        assertThat(run("chown", "999", missing))
                .startsWith("1: ")
                .contains("cannot access '" + missing + "': No such file or directory");
        assertThat(run("chgrp")).startsWith("1: ").contains("missing operand");
    }

    private static String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(workspace.programs().resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("STATEFULKIT_UID", "65533", "STATEFULKIT_GID", "65533", "LC_ALL", "C"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + output;
    }
}
