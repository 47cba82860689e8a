package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.History;
import io.statefulkit.survival.report.ReportInput;
import io.statefulkit.survival.report.Surroundings;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    @TempDir
    private Path all;

    private Path report() throws IOException {
        History history = new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .server("B")
                .recovered("deletePod(0)")
                .many(101, 150)
                .read("w0#1..150")
                .history();
        Judge.Result result =
                new Judge(Requirements.defaults()).judge(history, List.of(Scenes.deletion("deletePod(0)")), List.of());
        return new Pages(all)
                .write(
                        Files.createDirectories(all.resolve("0a1b")),
                        new ReportInput("statefulset/orders", "0a1b", 7, history, result, 0, Surroundings.none()));
    }

    @Test
    void a_run_has_a_page_and_there_is_one_that_leads_to_all_runs() throws IOException {
        assertThat(report()).isEqualTo(all.resolve("0a1b/survival.html"));

        assertThat(all).isDirectoryContaining("glob:**/index.html");
        assertThat(Files.readString(all.resolve("index.html"))).contains("href=\"0a1b/survival.html\"");
        assertThat(all.resolve("0a1b").toFile().list())
                .containsExactlyInAnyOrder("survival.html", "survival.json", "survival.md");
    }

    @Test
    void a_page_that_cannot_be_put_in_its_place_leaves_nothing_behind() throws IOException {
        Files.createDirectories(all.resolve("index.html").resolve("of somebody else"));

        assertThat(report()).exists();
        assertThat(all.toFile().list()).containsExactlyInAnyOrder("index.html", "0a1b");
    }
}
