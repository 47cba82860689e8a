package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Findings;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Judgement;
import io.statefulkit.survival.verdict.Requirements;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
        return HtmlReport.of(new ReportInput(subject, "0a1b", 7, history, result, 0, Surroundings.none()));
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
                .contains("<td class=\"means\">acknowledged or seen, and gone</td><td class=\"number\">1</td><td"
                        + " class=\"any\">w0#2998</td>")
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

    /** A million operations, and more events and logs than anybody reads. */
    @Test
    void a_page_stays_small_whatever_happened() {
        List<Outcome> outcomes = List.of(Outcome.OK, Outcome.FAIL, Outcome.INFO);
        List<Attempt> writes = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            Outcome outcome = outcomes.get(i % 10 == 0 ? i / 10 % 3 : 0);
            writes.add(new Attempt(
                    new Element(i % 8, i / 8 + 1),
                    new Moment(2L * i, 100_000L * i),
                    new Moment(2L * i + 1, 100_000L * i + 10L * i),
                    outcome,
                    "A",
                    ""));
        }
        List<Surroundings.ClusterEvent> events = Collections.nCopies(
                5_000, new Surroundings.ClusterEvent("now", "Warning", "Pod/orders-0", "BackOff", "<".repeat(2_000)));
        List<Surroundings.PodLog> logs =
                Collections.nCopies(50, new Surroundings.PodLog("orders-0/postgres", "<\u2026>\n".repeat(15_000)));
        Judge.Result result = new Judge.Result(
                new Judgement(Verdict.SURVIVED, List.of()), new Findings(Map.of(), Elements.none(), 0), List.of());

        String page = HtmlReport.of(new ReportInput(
                "statefulset/orders",
                "0a1b",
                7,
                new History(writes, List.of(), List.of(), List.of()),
                result,
                0,
                new Surroundings(List.of(), events, logs)));

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
        assertThat(page).contains("of 1,000,000 operations", "there was room for its end only");
    }
}
