package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.History;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static String page(String subject, String rows) {
        History history = new Story()
                .many(1, 3000)
                .injected("deletePod(0)")
                .info("w1#1")
                .fail("w1#2", "w1#3")
                .pause(Duration.ofMillis(1830))
                .server("B")
                .ok("w2#1")
                .recovered("deletePod(0)")
                .many(3001, 3100)
                .read(rows)
                .history();
        Judge.Result result =
                new Judge(Requirements.defaults()).judge(history, List.of(Scenes.deletion("deletePod(0)")), List.of());
        return HtmlReport.of(new ReportInput(subject, "0a1b", 7, history, result));
    }

    @Test
    void a_page_tells_verdict_outage_rows_and_evidence() {
        String page = page("statefulset/orders", "w0#1..3100 w2#1");

        assertThat(page)
                .contains("<strong>\u2714 SURVIVED</strong>")
                .contains("<dt>rows acknowledged</dt><dd>3,101</dd>")
                .contains("deletePod(0): no row was acknowledged for 1.8")
                .contains("<td>pod aaaaaaaa -&gt; bbbbbbbb</td><td>same</td><td>graceful pod</td>")
                .contains("class=\"ack\"", "class=\"info\"", "class=\"fail\"", "class=\"band\"", "class=\"outage\"")
                .doesNotContain("class=\"lost\"");
    }

    @Test
    void lost_rows_are_named_and_drawn() {
        assertThat(page("statefulset/orders", "w0#1..2997,2999..3100 w2#1"))
                .contains("<strong>\u2718 VIOLATED</strong>")
                .contains(
                        "<td>acknowledged or seen, and gone</td><td class=\"number\">1</td><td class=\"any\">w0#2998</td>")
                .contains("class=\"lost\"");
    }

    @Test
    void a_page_needs_nothing_else_and_runs_nothing() {
        assertThat(page("statefulset/orders", "w0#1..3100 w2#1"))
                .contains("default-src 'none'")
                .doesNotContain("<script", "http://", "https://", "url(", "<link", "<img");
    }

    @Test
    void what_comes_from_outside_is_escaped() {
        assertThat(page("<script>alert(1)</script>", "w0#1..3100 w2#1"))
                .contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>")
                .doesNotContain("<script");
    }

    @Test
    void a_page_stays_small() {
        assertThat(page("statefulset/orders", "w0#1..3100 w2#1").length()).isLessThan(300_000);
    }
}
