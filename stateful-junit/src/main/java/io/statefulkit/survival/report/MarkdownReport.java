package io.statefulkit.survival.report;

import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.StepResult;

/** A result for the summary page of a CI run. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** A heading with the verdict, its reasons, and the table of disruptions. */
    public static String of(ReportInput input) {
        Judge.Result result = input.result();
        StringBuilder text = new StringBuilder("### ")
                .append(cell(input.subject()))
                .append(": ")
                .append(result.judgement().verdict())
                .append("\n\n");
        result.judgement()
                .reasons()
                .forEach(reason -> text.append("- ").append(cell(reason)).append('\n'));
        if (!result.judgement().reasons().isEmpty()) {
            text.append('\n');
        }
        text.append("| disruption | old → new | volume | shown | outage | acknowledged | lost |\n");
        text.append("|---|---|---|---|--:|--:|--:|\n");
        result.steps().forEach(step -> text.append(row(step)));
        return text.append("\nrun ")
                .append(cell(input.run()))
                .append(", seed ")
                .append(input.seed())
                .append('\n')
                .toString();
    }

    private static String row(StepResult step) {
        StepRow row = StepRow.of(step);
        return "| "
                + String.join(
                        " | ",
                        cell(row.disruption()),
                        cell(row.replaced().replace("->", "→")),
                        cell(row.volume()),
                        cell(row.shown()),
                        cell(row.outage()),
                        cell(row.acknowledged()),
                        cell(row.lost()))
                + " |\n";
    }

    /** What comes from a cluster must not end a cell or a line, or become a tag. */
    private static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replaceAll("\\R", " ");
    }
}
