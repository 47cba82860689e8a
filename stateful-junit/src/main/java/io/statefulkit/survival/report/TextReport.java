package io.statefulkit.survival.report;

import io.statefulkit.survival.disruption.Observation;
import io.statefulkit.survival.disruption.PodState;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Outage;
import io.statefulkit.survival.verdict.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A result for the console. */
public final class TextReport {

    private static final int UID_DIGITS = 8;

    private TextReport() {}

    /** The verdict, its reasons, and the table of disruptions. */
    public static String of(String subject, Judge.Result result) {
        StringBuilder text =
                new StringBuilder(subject + ": " + result.judgement().verdict());
        for (String reason : result.judgement().reasons()) {
            text.append("\n  - ").append(reason);
        }
        return text.append('\n').append(table(result.steps())).toString();
    }

    /** One line for each disruption: what was replaced, whether the volume stayed, the outage, rows acknowledged until then, rows lost. */
    public static String table(List<StepResult> steps) {
        TextTable table = new TextTable().row("disruption", "old -> new", "volume", "outage", "acknowledged", "lost");
        for (StepResult step : steps) {
            Observation seen = step.happening().seen();
            table.row(
                    step.happening().disruption(),
                    replaced(seen),
                    seen.before().claims().isEmpty()
                            ? "none"
                            : seen.before().claims().equals(seen.after().claims()) ? "same" : "OTHER",
                    step.step().isRecovered() ? outage(step.outage()) : "no recovery",
                    String.format(Locale.ROOT, "%,d", step.acknowledged()),
                    String.format(Locale.ROOT, "%,d", step.lost().size()));
        }
        return table.render(3);
    }

    private static String replaced(Observation seen) {
        return seen.before().pods().values().stream()
                .map(old -> seen.now(old.name())
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
        return (outage.isMeasurable() ? "" : "< ") + seconds(outage.length());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
