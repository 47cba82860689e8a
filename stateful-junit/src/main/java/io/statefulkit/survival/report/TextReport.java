package io.statefulkit.survival.report;

import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.StepResult;
import java.util.List;

/** A result for the console. */
public final class TextReport {

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
        steps.stream()
                .map(StepRow::of)
                .forEach(row -> table.row(
                        row.disruption(), row.replaced(), row.volume(), row.outage(), row.acknowledged(), row.lost()));
        return table.render(3);
    }
}
