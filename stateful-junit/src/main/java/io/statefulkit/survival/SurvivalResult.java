package io.statefulkit.survival;

import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.report.TextReport;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.StepResult;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the data in one run.
 *
 * @param subject the workload, such as {@code statefulset/orders}
 * @param run the name of the run
 * @param seed what the content of the rows was derived from
 * @param acknowledged how many rows were acknowledged
 * @param outcome the verdict, its reasons, and what it rests on
 * @param history the file with every operation of the run, which can be checked again
 * @param page the file with the report as a web page that needs no other file; beside it are {@code survival.json} for programs
 *     and {@code survival.md} for the summary of a CI run
 */
public record SurvivalResult(
        String subject, String run, long seed, int acknowledged, Judge.Result outcome, Path history, Path page) {

    /** The verdict. */
    public Verdict verdict() {
        return outcome.judgement().verdict();
    }

    /** What makes it less than survived, worst first; empty otherwise. */
    public List<String> reasons() {
        return outcome.judgement().reasons();
    }

    /** What became of every row. */
    public Findings findings() {
        return outcome.findings();
    }

    /** What each disruption did, in order. */
    public List<StepResult> steps() {
        return outcome.steps();
    }

    /** How many acknowledged rows are gone. */
    public int lost() {
        return findings().count(ElementClass.LOST);
    }

    /** What the data was shown to survive, if it did. */
    public Set<Proof> proofs() {
        return steps().stream()
                .flatMap(step -> step.happening().proofs().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The disruptions as a table in plain text. */
    public String table() {
        return TextReport.table(steps());
    }

    /** The verdict, its reasons, the table, and where the report is. */
    public String describe() {
        return TextReport.of(subject, outcome) + "\nrun " + run + ", seed " + seed + ", report in " + page;
    }
}
