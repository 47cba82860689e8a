package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
                .contains("<th scope=\"row\">statefulset/&lt;b&gt;</th><td></td><td class=\"verdict"
                        + " violated\">VIOLATED</td><td class=\"number\">1,200</td><td class=\"number\">0.00"
                        + " s</td>")
                .contains("<td>deletePod(0), crashProcess(0)</td><td class=\"verdict survived\">SURVIVED</td>"
                        + "<td class=\"number\">0</td><td class=\"number\">1.83 s</td>"
                        + "<td><a href=\"aa/survival.html\">aa</a></td>")
                .doesNotContain("failures");
        String list = page.substring(page.indexOf("<h2>Runs</h2>"));
        assertThat(list.indexOf("VIOLATED")).isLessThan(list.indexOf("SURVIVED"));
    }

    @Test
    void a_grid_shows_the_worst_that_was_seen_of_each_workload_in_each_disruption() throws IOException {
        String facts = """
            "facts": [{"name": "image of postgres", "value": "postgres:17"}, {"name": "ledger", "value": "rows"}]\
            """;
        run("aa", """
            {"subject": "statefulset/orders", "verdict": "SURVIVED", %s,
             "steps": [{"disruption": "deletePod(0)", "outageMillis": 1830},
                       {"disruption": "crashProcess(0)", "outageMillis": 900}]}
            """.formatted(facts));
        run("bb", """
            {"subject": "statefulset/orders", "verdict": "VIOLATED", %s,
             "steps": [{"disruption": "deletePod(0)", "outageMillis": 1000, "lost": 0},
                       {"disruption": "rolloutRestart", "outageMillis": 2000, "lost": 3}]}
            """.formatted(facts));
        run("cc", """
            {"subject": "statefulset/cache", "verdict": "SURVIVED",
             "steps": [{"disruption": "deletePod(0)", "outageMillis": 100}]}
            """);

        Grid grid = Grid.of(IndexPage.results(directory));

        assertThat(grid.columns()).containsExactly("crashProcess(0)", "deletePod(0)", "rolloutRestart");
        assertThat(grid.lines())
                .extracting(Grid.Line::name)
                .containsExactly("statefulset/cache", "statefulset/orders, postgres:17, rows");
        assertThat(grid.lines().get(0).cells())
                .extracting(Grid.Cell::verdict, Grid.Cell::outage)
                .containsExactly(tuple("", ""), tuple("SURVIVED", "0.10 s"), tuple("", ""));
        assertThat(grid.lines().get(1).cells())
                .extracting(Grid.Cell::verdict, Grid.Cell::outage, Grid.Cell::run)
                .containsExactly(
                        tuple("SURVIVED", "0.90 s", "aa"),
                        tuple("INCONCLUSIVE (worst of 2)", "1.00 s", "bb"),
                        tuple("VIOLATED", "2.00 s", "bb"));
        assertThat(IndexPage.of(directory))
                .contains("<th scope=\"row\">statefulset/orders, postgres:17, rows</th>")
                .contains("<a class=\"verdict violated\" href=\"bb/survival.html\"");
    }
}
