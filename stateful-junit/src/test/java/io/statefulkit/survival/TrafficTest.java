package io.statefulkit.survival;

import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.disruption.Trigger;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Event.Action;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.verdict.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {

    @Test
    void a_disruption_that_waits_in_vain_says_for_writers_or_for_its_own_time(@TempDir Path directory) {
        SurvivalOptions options = SurvivalOptions.defaults(7).withRequirements(new Requirements(5, 5));
        try (Journal journal = Journal.to(directory.resolve("history.jsonl"))) {
            Traffic traffic = new Traffic(options, journal, line -> {});
            write(journal, 4);
            assertThat(traffic.whyNot(deletePod().when(Trigger.after(Duration.ofHours(1)))))
                    .isEqualTo(
                            "the writers never got going before deletePod(0): 4 rows were acknowledged within 120 s");

            write(journal, 4);
            assertThat(traffic.whyNot(deletePod().when(Trigger.after(Duration.ofHours(1)))))
                    .isEqualTo("deletePod(0) never came to its time: 8 rows were acknowledged within 120 s, and what it"
                            + " was to wait for was not there");
            assertThat(traffic.whyNot(deletePod()))
                    .as("enough rows, and its time is now: so none of them was just before")
                    .startsWith("the writers never got going");
        }
    }

    private static void write(Journal journal, int rows) {
        for (int i = 0; i < rows; i++) {
            journal.end(journal.begin(Action.WRITE, new Element(0, journal.acknowledged() + 1)), Outcome.OK, "A", "");
        }
    }
}
