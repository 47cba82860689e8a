package io.statefulkit.survival.verdict;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Comes to a verdict. What was not shown does not count as survived: it is inconclusive. Pure. */
public final class Judge {

    private static final int INTERVALS = 20;

    private final Requirements requirements;

    /** Judges by these requirements. */
    public Judge(Requirements requirements) {
        this.requirements = requirements;
    }

    /**
     * Judges a run.
     *
     * @param history what the writers and readers did
     * @param happenings what was done to the workload, in the same order as the steps of the history
     * @param doubts what else keeps the run from proving anything, such as a setting of the database
     */
    public Result judge(History history, List<Happening> happenings, List<String> doubts) {
        return judge(history, happenings, doubts, List.of());
    }

    /** Judges a run that kept more than rows, given the laws that were broken there. */
    public Result judge(History history, List<Happening> happenings, List<String> doubts, List<Breach> breaches) {
        Findings findings = Checker.check(history);
        List<StepResult> steps = Steps.of(history, findings, happenings, requirements.still());
        List<String> violations = violations(findings, steps);
        breaches.stream().map(Breach::toString).distinct().limit(INTERVALS).forEach(violations::add);
        List<String> gaps = new ArrayList<>(doubts);
        steps.forEach(step -> gaps.addAll(gapsOf(step.happening())));
        for (int i = 0; i < history.steps().size(); i++) {
            // A step that was cut off has no happening; then too little is known to ask for less.
            boolean restarts = i >= happenings.size() || happenings.get(i).restartsServers();
            gaps.addAll(gapsOf(history, i, restarts));
            if (i < happenings.size() && restarts && Steps.isCrossed(history, i)) {
                gaps.addAll(staleReads(history, i, happenings.get(i)));
            }
        }
        gaps.addAll(gapsOf(history, findings));
        if (!happenings.isEmpty() && happenings.stream().noneMatch(Happening::putsDataAtRisk)) {
            gaps.add("no disruption restarts a server or makes it refuse rows: no data was at risk");
        }
        Verdict verdict =
                !violations.isEmpty() ? Verdict.VIOLATED : gaps.isEmpty() ? Verdict.SURVIVED : Verdict.INCONCLUSIVE;
        List<String> reasons = new ArrayList<>(violations);
        reasons.addAll(gaps);
        return new Result(new Judgement(verdict, reasons), findings, steps);
    }

    /**
     * All that is known about a run.
     *
     * @param judgement the verdict and why
     * @param findings what became of every row
     * @param steps what each disruption did
     */
    public record Result(Judgement judgement, Findings findings, List<StepResult> steps) {

        /** Copies the list. */
        public Result {
            steps = List.copyOf(steps);
        }
    }

    private static List<String> violations(Findings findings, List<StepResult> steps) {
        List<String> violations = new ArrayList<>();
        for (ElementClass elementClass : ElementClass.values()) {
            Elements elements = findings.of(elementClass);
            if (elementClass.isViolation() && !elements.isEmpty()) {
                violations.add(
                        elements.size() + " " + (elements.size() == 1 ? "row " : "rows ") + elementClass.meaning()
                                + ": " + elements.brief(INTERVALS)
                                + (elementClass == ElementClass.LOST ? lossOf(findings, steps) : ""));
            }
        }
        return violations;
    }

    private static String lossOf(Findings findings, List<StepResult> steps) {
        StringBuilder text = new StringBuilder();
        steps.stream()
                .filter(step -> !step.lost().isEmpty())
                .forEach(step -> text.append("; ")
                        .append(step.lost().size())
                        .append(" missing since ")
                        .append(step.happening().disruption()));
        return text.append(
                        findings.holes().isEmpty()
                                ? "; only the newest writes of a server are gone"
                                : "; newer writes of the same server than "
                                        + findings.holes().brief(3) + " are still there, so it is no cut-off end")
                .toString();
    }

    private static List<String> gapsOf(Happening happening) {
        List<String> gaps = new ArrayList<>();
        List<String> unmet = happening.evidence().stream()
                .filter(evidence -> !evidence.met())
                .map(Evidence::toString)
                .toList();
        if (happening.evidence().isEmpty()) {
            gaps.add(happening.disruption() + " has no evidence that it happened");
        } else if (!unmet.isEmpty()) {
            gaps.add(happening.disruption() + " did not happen as it must: " + String.join("; ", unmet));
        } else if (!happening.isRecovered()) {
            gaps.add("the workload did not recover in time from " + happening.disruption() + ": "
                    + happening.seen().after().describe());
        }
        return gaps;
    }

    private List<String> gapsOf(History history, int index, boolean restartsServers) {
        Step step = history.steps().get(index);
        List<String> gaps = new ArrayList<>();
        long from = index == 0 ? 0 : history.steps().get(index - 1).injected().index();
        long before = acknowledged(history, from, step.injected().index());
        if (before < requirements.acknowledgedBefore()) {
            gaps.add("only " + before + " rows were acknowledged before " + step.disruption() + ", expected at least "
                    + requirements.acknowledgedBefore());
        }
        if (!step.isRecovered()) {
            return gaps;
        }
        long after = acknowledged(history, step.recovered().index(), Long.MAX_VALUE);
        if (after < requirements.acknowledgedAfter()) {
            gaps.add("only " + after + " rows were acknowledged after " + step.disruption() + ", expected at least "
                    + requirements.acknowledgedAfter());
        } else if (restartsServers && !Steps.isCrossed(history, index)) {
            gaps.add("the same server answered before and after " + step.disruption()
                    + ": nothing shows that it was restarted");
        }
        return gaps;
    }

    /** Where there is one pod only, whoever answers after its restart must not have answered before. */
    private static List<String> staleReads(History history, int index, Happening happening) {
        return happening.seen().before().pods().size() != 1
                ? List.of()
                : Steps.staleServers(history, index)
                        .map(server -> "the rows were read from a server that ran before " + happening.disruption()
                                + ": " + server)
                        .toList();
    }

    private static long acknowledged(History history, long from, long to) {
        return history.acknowledged()
                .filter(write -> write.ended().index() >= from && write.ended().index() < to)
                .count();
    }

    private static List<String> gapsOf(History history, Findings findings) {
        List<String> gaps = new ArrayList<>();
        int unread = findings.count(ElementClass.NEVER_READ);
        if (unread > 0) {
            gaps.add(unread + " acknowledged rows were never read: "
                    + findings.of(ElementClass.NEVER_READ).brief(INTERVALS));
        }
        if (findings.foreign() > 0) {
            gaps.add(findings.foreign() + " rows of another run are in the ledger");
        }
        long hanging = Stream.concat(history.writes().stream(), history.deletes().stream())
                .filter(Attempt::isHanging)
                .count();
        if (hanging > 0) {
            gaps.add(hanging + (hanging == 1 ? " operation hangs" : " operations hang")
                    + " and could not be given up: what they do to the data is not known, and their writers"
                    + " did nothing else");
        }
        if (history.steps().isEmpty()) {
            gaps.add("nothing happened to the workload");
        }
        return gaps;
    }
}
