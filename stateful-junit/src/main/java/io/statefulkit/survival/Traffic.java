package io.statefulkit.survival;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Trigger;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.verdict.StepResult;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for writers: a disruption proves something only when rows were acknowledged before it, and something is there after it. */
record Traffic(SurvivalOptions options, Journal journal, Consumer<String> progress) {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final int EXPOSED = 20;

    /** The longer a slow machine makes it wait, the fewer rows just before the disruption it insists on; the result says how many there were. */
    void awaitBefore(Disruption disruption) {
        int before = options.requirements().acknowledgedBefore();
        progress.accept(disruption.name() + ": waiting for " + before + " acknowledged rows");
        double usual = options.ledger().rate() * StepResult.EXPOSURE.toMillis() / 1000;
        long start = System.nanoTime();
        await(options.warmUp()).until(() -> {
            double waited =
                    (System.nanoTime() - start) / (double) options.warmUp().toNanos();
            int recent = (int) Math.max(1, Math.min(EXPOSED, usual / 3) * (1 - 2 * waited));
            return journal.markInjected(
                    disruption.name(),
                    before,
                    recent,
                    StepResult.EXPOSURE,
                    () -> disruption.trigger().isNow(traffic()));
        });
        progress.accept(disruption.name() + ": now, with " + journal.acknowledged() + " rows acknowledged");
    }

    /** What goes wrong in other threads of this JVM is not what writers do. */
    private static ConditionFactory await(Duration patience) {
        return Awaitility.await().dontCatchUncaughtExceptions().atMost(patience).pollInterval(POLL);
    }

    /** Why it was waited in vain for the time of a disruption: nobody wrote, or what it waits for itself never came. */
    String whyNot(Disruption disruption) {
        int rows = journal.acknowledgedSinceMark();
        String seen =
                rows + " rows were acknowledged within " + options.warmUp().toSeconds() + " s";
        boolean isForTrigger = rows >= options.requirements().acknowledgedBefore()
                && !disruption.trigger().isNow(traffic());
        return isForTrigger
                ? disruption.name() + " never came to its time: " + seen + ", and what it was to wait for was not there"
                : "the writers never got going before " + disruption.name() + ": " + seen;
    }

    private Trigger.Traffic traffic() {
        return new Trigger.Traffic(journal.acknowledgedSinceMark(), journal.inFlight(), journal.sinceMark());
    }

    /** Waits until the database accepts rows again, and says whether it does. */
    boolean awaitAfter(Disruption disruption) {
        int after = options.requirements().acknowledgedAfter();
        try {
            await(options.warmUp()).until(() -> journal.acknowledgedSinceMark() >= after);
            return true;
        } catch (ConditionTimeoutException e) {
            progress.accept(disruption.name() + ": the database accepts no rows any more");
            return false;
        }
    }
}
