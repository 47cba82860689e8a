package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @Test
    void reports_are_where_the_build_puts_its_output(@TempDir Path project) throws IOException {
        Files.createDirectory(project.resolve("build"));

        assertThat(Reports.directory(project)).isEqualTo(project.resolve("build/statefulkit"));
    }

    @Test
    void without_a_build_each_user_has_reports_of_their_own(@TempDir Path project) {
        assertThat(Reports.directory(project).getFileName())
                .hasToString("statefulkit-reports-" + System.getProperty("user.name"));
    }
}
