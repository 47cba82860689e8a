package io.statefulkit.survival.report;

import static io.statefulkit.survival.testing.Scenes.ended;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Sighting;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A pod is deleted at 201 ms by the history's clock, which began at 5 s of the machine's, and all is well 2 s later. */
class RecoveryTest {

    private static final long ORIGIN = 5_000_000_000L;
    private static final PodState OLD = pod(0, "aaaaaaaa-1111");
    private static final PodState NEW = pod(0, "bbbbbbbb-2222");

    private static PodState starting(String container) {
        return new PodState(NEW.name(), NEW.uid(), container, 0, OptionalInt.empty(), NEW.revision(), false, false);
    }

    private static Sighting at(int millis, boolean deleted, PodState pod) {
        return new Sighting(ORIGIN + millis * 1_000_000L, deleted, pod);
    }

    private static ReportInput input() {
        Story story = new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .pause(Duration.ofSeconds(1))
                .server("B")
                .ok("w1#1")
                .pause(Duration.ofSeconds(1))
                .recovered("deletePod(0)")
                .many(101, 200)
                .read("w0#1..200 w1#1");
        Observation seen = new Observation(
                workload("rev-1", OLD),
                workload("rev-1", NEW),
                List.of(
                        at(100, false, OLD),
                        at(301, false, ended(OLD, 0)),
                        at(401, true, ended(OLD, 0)),
                        at(501, false, starting("")),
                        at(601, false, starting("containerd://new")),
                        at(1101, false, NEW)));
        Happening happening =
                new Happening("deletePod(0)", List.of(new Evidence("uid", "a", "b", true)), true, true, Set.of(), seen);
        Judge.Result result = new Judge(Requirements.defaults()).judge(story.history(), List.of(happening), List.of());
        return new ReportInput("statefulset/orders", "0a1b", 7, story.history(), result, ORIGIN, Surroundings.none());
    }

    @Test
    void a_recovery_is_told_stage_by_stage() {
        ReportInput input = input();

        assertThat(Waterfall.of(input, input.result().steps().get(0)).stages())
                .extracting(Waterfall.Stage::name, Waterfall.Stage::text)
                .containsExactly(
                        tuple("the old server is gone", "0.10 s"),
                        tuple("a new pod is there", "0.30 s"),
                        tuple("its container runs", "0.40 s"),
                        tuple("it is ready", "0.90 s"),
                        tuple("a new server acknowledges a row", "1.00 s"),
                        tuple("all evidence is there", "2.00 s"));
    }

    @Test
    void a_name_has_a_lane_and_each_pod_that_had_it_a_stretch() {
        ReportInput input = input();

        List<Lane> lanes = Lane.of(input, new TimeScale(2_500_000_000L), new Layout(1));

        assertThat(lanes).singleElement().satisfies(lane -> {
            assertThat(lane.name()).isEqualTo("orders-0");
            assertThat(lane.stretches())
                    .extracting(Lane.Stretch::kind, Lane.Stretch::title, Lane.Stretch::label)
                    .containsExactly(
                            tuple("ready", "ready, pod aaaaaaaa-1111", "aaaaaaaa"),
                            tuple("ending", "ending, pod aaaaaaaa-1111", ""),
                            tuple("waiting", "waiting, pod bbbbbbbb-2222", ""),
                            tuple("starting", "starting, pod bbbbbbbb-2222", "bbbbbbbb"),
                            tuple("ready", "ready, pod bbbbbbbb-2222", ""));
        });
    }
}
