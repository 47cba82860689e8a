package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Requirements;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each assertion about a result passes on one and fails on another, and says what it saw. */
class SurvivalAssertTest {

    private static final String DELETION = "deletePod(0)";

    private static final SurvivalResult SURVIVED = result(story().read("w0#1..120 w1#1"));
    private static final SurvivalResult LOST_TAIL = result(story().read("w0#1..119 w1#1"));
    private static final SurvivalResult LOST_WITHIN = result(story().read("w0#1..50,53..120 w1#1"));
    private static final SurvivalResult DUPLICATED = result(story().read("w0#1..120 w0#7 w1#1"));
    private static final SurvivalResult DAMAGED = result(story().read("w0#1..120 w1#1", "w0#9", 0));
    private static final SurvivalResult RESURRECTED =
            result(story().delete("w0#3", Outcome.OK).read("w0#1..120 w1#1"));
    private static final SurvivalResult UNREAD = result(story());
    private static final SurvivalResult NEVER_BACK =
            result(new Story().many(1, 100).injected(DELETION).many(101, 120).read("w0#1..120"));
    private static final SurvivalResult OTHER_VOLUME = result(story().read("w0#1..120 w1#1"), otherVolume());

    @TestFactory
    Stream<DynamicTest> each_assertion_passes_and_fails() {
        return rows().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Case one = row.getValue();
                    one.assertion.accept(new SurvivalAssert(one.passes));
                    assertThatThrownBy(() -> one.assertion.accept(new SurvivalAssert(one.fails)))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(one.says)
                            .hasMessageContaining("statefulset/orders: " + one.fails.verdict());
                }));
    }

    private static Map<String, Case> rows() {
        Map<String, Case> rows = new LinkedHashMap<>();
        rows.put("survived", new Case(SurvivalAssert::survived, SURVIVED, LOST_TAIL, "expected SURVIVED, but"));
        rows.put(
                "hasVerdict",
                new Case(it -> it.hasVerdict(Verdict.VIOLATED), LOST_TAIL, SURVIVED, "expected VIOLATED, but"));
        rows.put(
                "wasConclusive",
                new Case(SurvivalAssert::wasConclusive, LOST_TAIL, UNREAD, "expected SURVIVED or VIOLATED, but"));
        rows.put(
                "lostNothingAcknowledged",
                new Case(SurvivalAssert::lostNothingAcknowledged, SURVIVED, LOST_TAIL, "expected at most 0 lost rows"));
        rows.put(
                "lostAtMost", new Case(it -> it.lostAtMost(1), LOST_TAIL, LOST_WITHIN, "expected at most 1 lost rows"));
        rows.put(
                "lostOnlyTheTail",
                new Case(SurvivalAssert::lostOnlyTheTail, LOST_TAIL, LOST_WITHIN, "newer ones than w0#51..52"));
        rows.put("hasNoDuplicates", new Case(SurvivalAssert::hasNoDuplicates, SURVIVED, DUPLICATED, "but found w0#7"));
        rows.put("hasNoCorruption", new Case(SurvivalAssert::hasNoCorruption, SURVIVED, DAMAGED, "but found w0#9"));
        rows.put(
                "resurrectedNothing",
                new Case(SurvivalAssert::resurrectedNothing, SURVIVED, RESURRECTED, "but found w0#3"));
        rows.put(
                "writesResumedWithin",
                new Case(
                        it -> it.writesResumedWithin(Duration.ofSeconds(2)),
                        SURVIVED,
                        NEVER_BACK,
                        "expected writes to resume within PT2S after deletePod(0)"));
        rows.put(
                "writesResumedWithin, too late",
                new Case(
                        it -> it.writesResumedWithin(outage().plusMillis(1)),
                        SURVIVED,
                        result(new Story()
                                .many(1, 100)
                                .injected(DELETION)
                                .pause(outage().plusSeconds(1))
                                .server("B")
                                .ok("w1#1")
                                .recovered(DELETION)
                                .read("w0#1..100 w1#1")),
                        "after deletePod(0), but"));
        rows.put(
                "hasRecoveredWithin",
                new Case(
                        it -> it.hasRecoveredWithin(Duration.ofSeconds(2)),
                        SURVIVED,
                        NEVER_BACK,
                        "expected recovery within PT2S from deletePod(0)"));
        rows.put(
                "keptTheSameVolumes",
                new Case(
                        SurvivalAssert::keptTheSameVolumes,
                        SURVIVED,
                        OTHER_VOLUME,
                        "expected the same claims and volumes after deletePod(0)"));
        rows.put(
                "proves",
                new Case(
                        it -> it.proves(Proof.Death.GRACEFUL, Proof.Reach.POD),
                        SURVIVED,
                        result(new Story().many(1, 100).read("w0#1..100"), List.of()),
                        "expected proof for"));
        return rows;
    }

    private record Case(Consumer<SurvivalAssert> assertion, SurvivalResult passes, SurvivalResult fails, String says) {}

    private static Duration outage() {
        return Duration.ofMillis(1830);
    }

    /** Writes, a pod that is replaced, writes. */
    private static Story story() {
        return new Story()
                .many(1, 100)
                .injected(DELETION)
                .pause(outage().minusMillis(4))
                .server("B")
                .ok("w1#1")
                .recovered(DELETION)
                .many(101, 120);
    }

    private static List<Happening> otherVolume() {
        Happening told = Scenes.deletion(DELETION);
        Observation seen = told.seen();
        return List.of(new Happening(
                told.disruption(),
                told.evidence(),
                true,
                true,
                told.proofs(),
                new Observation(
                        seen.before(),
                        Scenes.withClaim(seen.after(), new ClaimState("claim-0", "pv-9", "pv-uid-9")),
                        seen.trail())));
    }

    private static SurvivalResult result(Story story) {
        return result(story, List.of(Scenes.deletion(DELETION)));
    }

    private static SurvivalResult result(Story story, List<Happening> happenings) {
        Judge.Result outcome = new Judge(new Requirements(100, 10)).judge(story.history(), happenings, List.of());
        return new SurvivalResult(
                "statefulset/orders", "run-1", 42, 121, outcome, Path.of("history.jsonl"), Path.of("survival.html"));
    }
}
