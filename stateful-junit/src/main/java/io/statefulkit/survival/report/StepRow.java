package io.statefulkit.survival.report;

import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.verdict.Outage;
import io.statefulkit.survival.verdict.StepResult;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One disruption in words. */
record StepRow(
        String disruption,
        String replaced,
        String volume,
        String shown,
        String outage,
        String acknowledged,
        String exposed,
        String lost) {

    private static final int UID_DIGITS = 8;

    static StepRow of(StepResult step) {
        Observation seen = step.happening().seen();
        return new StepRow(
                step.happening().disruption(),
                replaced(seen),
                volume(seen),
                step.happening().proofs().stream().map(Proof::toString).sorted().collect(Collectors.joining(", ")),
                step.step().isRecovered() ? outage(step.outage()) : "no recovery",
                number(step.acknowledged()),
                number(step.exposed()),
                number(step.lost().size()));
    }

    private static String volume(Observation seen) {
        if (seen.before().claims().isEmpty()) {
            return "none";
        }
        return seen.before().claims().equals(seen.after().claims()) ? "same" : "OTHER";
    }

    private static String replaced(Observation seen) {
        return seen.before().pods().values().stream()
                .map(old -> seen.now(old)
                        .map(now -> replaced(seen, old, now))
                        .orElse("pod " + brief(old.uid()) + " -> gone"))
                .collect(Collectors.joining("; "));
    }

    private static String replaced(Observation seen, PodState old, PodState now) {
        if (!now.uid().equals(old.uid())) {
            return "pod " + brief(old.uid()) + " -> " + brief(now.uid());
        }
        OptionalInt exit = seen.exitCode(old);
        return "restarts " + old.restarts() + " -> " + now.restarts()
                + (exit.isPresent() ? ", exit code " + exit.getAsInt() : "");
    }

    private static String brief(String uid) {
        return uid.substring(0, Math.min(UID_DIGITS, uid.length()));
    }

    private static String outage(Outage outage) {
        return (outage.isMeasurable() ? "" : "< ")
                + seconds(outage.length())
                + (outage.isClientLimited() ? " (writers stood still)" : "");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
