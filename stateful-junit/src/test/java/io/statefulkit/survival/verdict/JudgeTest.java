package io.statefulkit.survival.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private final Judge judge = new Judge(Requirements.defaults());
    private final Happening deletion = Scenes.deletion("deletePod(0)");

    /** 100 rows, a deleted pod, 50 rows. */
    private static Story good() {
        return new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .info("w1#1")
                .pause(Duration.ofSeconds(2))
                .server("B")
                .ok("w2#1")
                .recovered("deletePod(0)")
                .many(101, 150);
    }

    private Judgement judgement(Story story, Happening... happenings) {
        return judge.judge(story.history(), List.of(happenings), List.of()).judgement();
    }

    @Test
    void a_good_run_survives() {
        assertThat(judgement(good().read("w0#1..150 w2#1"), deletion))
                .isEqualTo(new Judgement(Verdict.SURVIVED, List.of()));
    }

    @Test
    void the_outage_and_the_rows_of_a_step_are_measured() {
        Judge.Result result = judge.judge(good().read("w0#1..150 w2#1").history(), List.of(deletion), List.of());

        StepResult step = result.steps().get(0);
        assertThat(step.outage().length()).isBetween(Duration.ofMillis(2000), Duration.ofMillis(2010));
        assertThat(step.outage().isMeasurable()).isTrue();
        assertThat(step.acknowledged()).isEqualTo(101);
        assertThat(step.exposed()).isEqualTo(100);
        assertThat(step.lost().isEmpty()).isTrue();
    }

    @Test
    void a_pause_like_any_other_is_not_measurable() {
        Story story = new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .server("B")
                .many(101, 110)
                .recovered("deletePod(0)")
                .many(111, 170)
                .read("w0#1..170");

        StepResult step = judge.judge(story.history(), List.of(deletion), List.of())
                .steps()
                .get(0);
        assertThat(step.outage().isMeasurable()).isFalse();
    }

    @Test
    void a_lost_row_is_named_with_the_disruption_that_took_it() {
        assertThat(judgement(good().read("w0#1..98,100..150 w2#1"), deletion))
                .isEqualTo(new Judgement(
                        Verdict.VIOLATED,
                        List.of("1 row acknowledged or seen, and gone: w0#99; 1 missing since deletePod(0);"
                                + " newer writes of the same server than w0#99 are still there, so it is"
                                + " no cut-off end")));
    }

    @Test
    void a_lost_tail_is_told_from_a_hole() {
        assertThat(judgement(good().read("w0#1..97,101..150 w2#1"), deletion).reasons())
                .containsExactly("3 rows acknowledged or seen, and gone: w0#98..100; 3 missing since deletePod(0);"
                        + " only the newest writes of a server are gone");
    }

    @Test
    void a_violation_outweighs_what_is_missing() {
        Happening nothing = happening(false, new Evidence("uid of pod orders-0", "a", "a", false));

        Judgement judgement = judgement(good().read("w0#1..150"), nothing);

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reasons()).hasSize(2);
    }

    @Test
    void what_did_not_happen_proves_nothing() {
        Happening nothing = happening(false, new Evidence("uid of pod orders-0", "a", "a", false));

        assertThat(judgement(good().read("w0#1..150 w2#1"), nothing))
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE,
                        List.of("deletePod(0) did not happen as it must: uid of pod orders-0: a  (NOT AS EXPECTED)")));
        assertThat(judgement(good().read("w0#1..150 w2#1"), happening(true)).reasons())
                .containsExactly("deletePod(0) has no evidence that it happened");
        assertThat(judgement(new Story().many(1, 200).read("w0#1..200")).reasons())
                .containsExactly("nothing happened to the workload");
    }

    @Test
    void a_workload_that_did_not_come_back_proves_nothing() {
        Story story = new Story().many(1, 100).injected("deletePod(0)").read("w0#1..100");

        assertThat(judgement(story, happening(false, new Evidence("uid of pod orders-0", "a", "b", true))))
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE,
                        List.of("the workload did not recover in time from deletePod(0):"
                                + " 1 replicas wanted, orders-0 ready")));
    }

    @Test
    void idle_writers_prove_nothing() {
        Story few = new Story()
                .many(1, 10)
                .injected("deletePod(0)")
                .server("B")
                .recovered("deletePod(0)")
                .many(11, 20)
                .read("w0#1..20");

        assertThat(judgement(few, deletion))
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE,
                        List.of(
                                "only 10 rows were acknowledged before deletePod(0), expected at least 100",
                                "only 10 rows were acknowledged after deletePod(0), expected at least 50")));
    }

    @Test
    void the_same_server_before_and_after_proves_nothing() {
        Story story = new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .recovered("deletePod(0)")
                .many(101, 150)
                .read("w0#1..150");

        assertThat(judgement(story, deletion).reasons())
                .containsExactly("the same server answered before and after deletePod(0):"
                        + " nothing shows that it was restarted");
    }

    @Test
    void rows_that_were_not_read_prove_nothing() {
        assertThat(judgement(good(), deletion).reasons())
                .containsExactly("151 acknowledged rows were never read: w0#1..150 w2#1");
    }

    @Test
    void rows_of_another_run_and_doubts_prove_nothing() {
        Judge.Result result =
                judge.judge(good().read("w0#1..150 w2#1", "", 3).history(), List.of(deletion), List.of("fsync = off"));

        assertThat(result.judgement())
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE, List.of("fsync = off", "3 rows of another run are in the ledger")));
    }

    private Happening adoption() {
        return new Happening(
                "orphanAndAdopt", List.of(new Evidence("uid", "a", "b", true)), true, false, Set.of(), deletion.seen());
    }

    @Test
    void a_server_that_shall_run_on_need_not_be_another_afterwards() {
        Story story = good().many(151, 250)
                .injected("orphanAndAdopt")
                .recovered("orphanAndAdopt")
                .many(251, 350)
                .read("w0#1..350 w2#1");

        assertThat(judgement(story, deletion, adoption())).isEqualTo(new Judgement(Verdict.SURVIVED, List.of()));
        assertThat(judgement(story, deletion, happening(true, new Evidence("uid", "a", "b", true))))
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE,
                        List.of("the same server answered before and after orphanAndAdopt: nothing shows that it was"
                                + " restarted")));
    }

    @Test
    void servers_that_all_run_on_prove_nothing() {
        Story story = new Story()
                .many(1, 100)
                .injected("orphanAndAdopt")
                .recovered("orphanAndAdopt")
                .many(101, 150)
                .read("w0#1..150");

        assertThat(judgement(story, adoption()))
                .isEqualTo(new Judgement(
                        Verdict.INCONCLUSIVE,
                        List.of("no disruption restarts a server or makes it refuse rows: no data was at risk")));
    }

    private static Happening happening(boolean recovered, Evidence... evidence) {
        Happening good = Scenes.deletion("deletePod(0)");
        return new Happening("deletePod(0)", List.of(evidence), recovered, true, good.proofs(), good.seen());
    }
}
