package io.statefulkit.survival.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

    @Test
    void a_result_is_told_in_a_few_lines() {
        Story story = new Story()
                .many(1, 1200)
                .injected("deletePod(0)")
                .pause(Duration.ofMillis(1830))
                .server("B")
                .ok("w1#1")
                .recovered("deletePod(0)")
                .many(1201, 1300)
                .read("w0#1..1198,1200..1300 w1#1");
        Judge.Result result = new Judge(Requirements.defaults())
                .judge(story.history(), List.of(Scenes.deletion("deletePod(0)")), List.of());

        assertThat(TextReport.of("statefulset/orders", result)).isEqualTo("""
            statefulset/orders: VIOLATED
              - 1 row acknowledged or seen, and gone: w0#1199; 1 missing since deletePod(0); newer writes of the same server than w0#1199 are still there, so it is no cut-off end
            disruption    old -> new                volume  outage  acknowledged  lost
            deletePod(0)  pod aaaaaaaa -> bbbbbbbb  same    1.83 s         1,201     1\
            """);
    }

    private static ReportInput input() {
        Story story = new Story()
                .many(1, 1200)
                .injected("deletePod(0)")
                .pause(Duration.ofMillis(1830))
                .server("B")
                .ok("w1#1")
                .recovered("deletePod(0)")
                .many(1201, 1300)
                .read("w0#1..1198,1200..1300 w1#1");
        Judge.Result result = new Judge(Requirements.defaults())
                .judge(story.history(), List.of(Scenes.deletion("deletePod(0)")), List.of("a <doubt> | of\nthe user"));
        return new ReportInput("statefulset/orders", "run-1", 42, story.history(), result, 0, surroundings());
    }

    private static Surroundings surroundings() {
        return new Surroundings(
                List.of(new Surroundings.Fact("ledger", "rows")),
                List.of(new Surroundings.ClusterEvent(
                        "2026-11-30T01:02:03Z", "Normal", "Pod/orders-0", "Killing", "Stopping")),
                List.of());
    }

    @Test
    void a_result_is_a_table_for_the_summary_of_a_build() {
        assertThat(MarkdownReport.of(input())).isEqualTo("""
            ### statefulset/orders: VIOLATED

            - 1 row acknowledged or seen, and gone: w0#1199; 1 missing since deletePod(0); newer writes of the same server than w0#1199 are still there, so it is no cut-off end
            - a &lt;doubt> \\| of the user

            | disruption | old → new | volume | shown | outage | acknowledged | lost |
            |---|---|---|---|--:|--:|--:|
            | deletePod(0) | pod aaaaaaaa → bbbbbbbb | same | graceful pod | 1.83 s | 1,201 | 1 |

            run run-1, seed 42
            """);
    }

    @Test
    void a_result_can_be_read_by_programs() {
        assertThat(JsonReport.of(input())).isEqualTo("""
            {
              "version" : 1,
              "subject" : "statefulset/orders",
              "run" : "run-1",
              "seed" : 42,
              "verdict" : "VIOLATED",
              "reasons" : [ "1 row acknowledged or seen, and gone: w0#1199; 1 missing since deletePod(0); newer writes of the same server than w0#1199 are still there, so it is no cut-off end", "a <doubt> | of\\nthe user" ],
              "rows" : {
                "OK" : 1300,
                "RECOVERED" : 0,
                "VANISHED" : 0,
                "LOST" : 1,
                "PHANTOM" : 0,
                "UNEXPECTED" : 0,
                "DUPLICATED" : 0,
                "CORRUPTED" : 0,
                "RESURRECTED" : 0,
                "NEVER_READ" : 0,
                "STALE" : 0,
                "FLUTTER" : 0,
                "GIVEN_UP" : 0,
                "TOO_NEW" : 0
              },
              "lost" : "w0#1199",
              "steps" : [ {
                "disruption" : "deletePod(0)",
                "recovered" : true,
                "proofs" : [ "graceful pod" ],
                "outageMillis" : 1833,
                "outageResolutionMillis" : 1833,
                "outageMeasurable" : true,
                "outageClientLimited" : false,
                "acknowledged" : 1201,
                "lost" : 1,
                "evidence" : [ {
                  "what" : "uid",
                  "before" : "a",
                  "after" : "b",
                  "met" : true
                } ],
                "recovery" : [ {
                  "stage" : "a new server acknowledges a row",
                  "afterMillis" : 1832
                }, {
                  "stage" : "all evidence is there",
                  "afterMillis" : 1833
                } ]
              } ],
              "facts" : [ {
                "name" : "ledger",
                "value" : "rows"
              } ],
              "events" : [ {
                "time" : "2026-11-30T01:02:03Z",
                "type" : "Normal",
                "object" : "Pod/orders-0",
                "reason" : "Killing",
                "message" : "Stopping"
              } ]
            }
            """);
    }
}
