package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexPageTest {

    @TempDir
    private Path directory;

    private void run(String name, String json) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve(name)).resolve("survival.json"), json);
    }

    @Test
    void runs_that_lost_data_come_first_and_each_has_a_link() throws IOException {
        run("aa", """
                {"subject": "statefulset/orders", "verdict": "SURVIVED", "rows": {"LOST": 0},
                 "steps": [{"disruption": "deletePod(0)", "outageMillis": 1830},
                           {"disruption": "crashProcess(0)", "outageMillis": 900}]}
                """);
        run("bb", """
                {"subject": "statefulset/<b>", "verdict": "VIOLATED", "rows": {"LOST": 1200}, "steps": []}
                """);
        run("failures", "no report");
        Files.writeString(directory.resolve("index.html"), "an older one");

        String page = IndexPage.of(directory);

        assertThat(page)
                .contains("<h1>Survival: 2 runs</h1>")
                .contains(
                        "<th scope=\"row\">statefulset/&lt;b&gt;</th><td></td><td class=\"verdict violated\">VIOLATED</td>"
                                + "<td class=\"number\">1,200</td><td class=\"number\">0.00 s</td>")
                .contains("<td>deletePod(0), crashProcess(0)</td><td class=\"verdict survived\">SURVIVED</td>"
                        + "<td class=\"number\">0</td><td class=\"number\">1.83 s</td>"
                        + "<td><a href=\"aa/survival.html\">aa</a></td>")
                .doesNotContain("failures");
        assertThat(page.indexOf("VIOLATED")).isLessThan(page.indexOf("SURVIVED"));
    }
}
