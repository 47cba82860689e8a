package io.statefulkit.junit;

import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.StepResult;
import io.statefulkit.survival.verdict.Verdict;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on what a run has shown. Open, so that soft assertions can stand in front of it. */
public class SurvivalAssert extends AbstractAssert<SurvivalAssert, SurvivalResult> {

    private static final int INTERVALS = 20;

    /** Assertions on this result. */
    public SurvivalAssert(@Nullable SurvivalResult result) {
        super(result, SurvivalAssert.class);
    }

    /** The result, to look at by other means. */
    public SurvivalResult result() {
        isNotNull();
        return actual;
    }

    /** Every acknowledged row is there as it was written, and the run would have shown the opposite. */
    public SurvivalAssert survived() {
        return hasVerdict(Verdict.SURVIVED);
    }

    /** The verdict is this one. */
    public SurvivalAssert hasVerdict(Verdict verdict) {
        isNotNull();
        if (actual.verdict() != verdict) {
            String description = info.descriptionText();
            throw new SurvivalError(
                    (description.isEmpty() ? "" : "[" + description + "] ") + "expected " + verdict + ", but "
                            + actual.describe(),
                    actual);
        }
        return this;
    }

    /** The run has shown something: that data survives, or that it does not. */
    public SurvivalAssert wasConclusive() {
        isNotNull();
        if (actual.verdict() == Verdict.INCONCLUSIVE) {
            throw new SurvivalError("expected SURVIVED or VIOLATED, but " + actual.describe(), actual);
        }
        return this;
    }

    /** No acknowledged row is gone. */
    public SurvivalAssert lostNothingAcknowledged() {
        return lostAtMost(0);
    }

    /** At most so many acknowledged rows are gone. */
    public SurvivalAssert lostAtMost(int rows) {
        isNotNull();
        if (actual.lost() > rows) {
            failWithMessage("%s", "expected at most " + rows + " lost rows, but " + actual.describe());
        }
        return this;
    }

    /** Those rows that are gone are the newest ones of a server: a loss by writes that were acknowledged too early, not by damage. */
    public SurvivalAssert lostOnlyTheTail() {
        isNotNull();
        Elements holes = actual.findings().holes();
        if (!holes.isEmpty()) {
            failWithMessage(
                    "%s",
                    "expected only the newest rows to be lost, but newer ones than " + holes.brief(INTERVALS)
                            + " are there; " + actual.describe());
        }
        return this;
    }

    /** No row is there more often than it was written. */
    public SurvivalAssert hasNoDuplicates() {
        return hasNone(ElementClass.DUPLICATED);
    }

    /** No row has other content than was written. */
    public SurvivalAssert hasNoCorruption() {
        return hasNone(ElementClass.CORRUPTED);
    }

    /** No row is there whose deletion was acknowledged. */
    public SurvivalAssert resurrectedNothing() {
        return hasNone(ElementClass.RESURRECTED);
    }

    private SurvivalAssert hasNone(ElementClass elementClass) {
        isNotNull();
        if (actual.findings().count(elementClass) > 0) {
            failWithMessage(
                    "%s",
                    "expected no row " + elementClass.meaning() + ", but found "
                            + actual.findings().of(elementClass).brief(INTERVALS) + "; " + actual.describe());
        }
        return this;
    }

    /** After each disruption, writes were acknowledged again within this time. */
    public SurvivalAssert writesResumedWithin(Duration time) {
        isNotNull();
        for (StepResult step : actual.steps()) {
            if (!step.step().isRecovered() || step.outage().length().compareTo(time) > 0) {
                failWithMessage(
                        "%s",
                        "expected writes to resume within " + time + " after "
                                + step.happening().disruption() + ", but " + actual.describe());
            }
        }
        return this;
    }

    /** After each disruption, the workload was as it should be again within this time, with all evidence. */
    public SurvivalAssert hasRecoveredWithin(Duration time) {
        isNotNull();
        for (StepResult step : actual.steps()) {
            if (!step.step().isRecovered()
                    || step.step().injected().until(step.step().recovered()).compareTo(time) > 0) {
                failWithMessage(
                        "%s",
                        "expected recovery within " + time + " from "
                                + step.happening().disruption() + ", but " + actual.describe());
            }
        }
        return this;
    }

    /** After each disruption, every claim and its volume were those of before. A workload without claims keeps none. */
    public SurvivalAssert keptTheSameVolumes() {
        isNotNull();
        for (StepResult step : actual.steps()) {
            Observation seen = step.happening().seen();
            if (seen.before().claims().isEmpty()
                    || !seen.before().claims().equals(seen.after().claims())) {
                failWithMessage(
                        "%s",
                        "expected the same claims and volumes after "
                                + step.happening().disruption() + ", but there were "
                                + seen.before().claims() + " before and "
                                + seen.after().claims() + " after; "
                                + actual.describe());
            }
        }
        return this;
    }

    /** One of the disruptions showed this: how the server ended, and what was replaced around its data. */
    public SurvivalAssert proves(Proof.Death death, Proof.Reach reach) {
        isNotNull();
        Proof proof = new Proof(death, reach);
        if (!actual.proofs().contains(proof)) {
            failWithMessage(
                    "%s",
                    "expected proof for " + proof + ", but there is " + actual.proofs() + "; " + actual.describe());
        }
        return this;
    }
}
