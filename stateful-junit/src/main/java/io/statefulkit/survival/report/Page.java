package io.statefulkit.survival.report;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import io.statefulkit.survival.verdict.StepResult;
import io.statefulkit.survival.verdict.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page in words and numbers; the template only arranges them. */
record Page(
        String subject,
        String verdict,
        String verdictClass,
        String icon,
        boolean hasReasons,
        List<String> reasons,
        List<Figure> figures,
        Timeline timeline,
        List<Pace> pace,
        List<StepRow> steps,
        List<ClassRow> classes,
        List<Waterfall> waterfalls,
        List<EvidenceTable> evidence,
        boolean hasFacts,
        List<Surroundings.Fact> facts,
        boolean hasEvents,
        List<Surroundings.ClusterEvent> events,
        List<Surroundings.PodLog> logs,
        String footer) {

    private static final int INTERVALS = 20;

    record Figure(String label, String value) {}

    /** The same as the picture, in numbers. */
    record Pace(String second, String acknowledged, String unanswered, String refused) {}

    record ClassRow(String name, String meaning, String count, String which, String allowed) {}

    record EvidenceTable(String disruption, List<EvidenceRow> rows) {}

    record EvidenceRow(String what, String before, String after, String met) {}

    static Page of(ReportInput input) {
        Verdict verdict = input.result().judgement().verdict();
        List<StepResult> steps = input.result().steps();
        return new Page(
                input.subject(),
                verdict.name(),
                verdict.name().toLowerCase(Locale.ROOT),
                icon(verdict),
                !input.result().judgement().reasons().isEmpty(),
                input.result().judgement().reasons(),
                figures(input),
                Timeline.of(input),
                Paces.of(input.history()),
                steps.stream().map(StepRow::of).toList(),
                classes(input.result().findings()),
                steps.stream().map(step -> Waterfall.of(input, step)).toList(),
                steps.stream().map(Page::evidence).toList(),
                !input.surroundings().facts().isEmpty(),
                input.surroundings().facts(),
                !input.surroundings().events().isEmpty(),
                Excerpts.of(input.surroundings().events()),
                Excerpts.ofLogs(input.surroundings().logs()),
                "Run " + input.run() + ", seed " + input.seed()
                        + ". Every operation is in history.jsonl beside this page.");
    }

    private static String icon(Verdict verdict) {
        return switch (verdict) {
            case SURVIVED -> "\u2714";
            case INCONCLUSIVE -> "?";
            case VIOLATED -> "\u2718";
        };
    }

    private static List<Figure> figures(ReportInput input) {
        Verdict verdict = input.result().judgement().verdict();
        List<StepResult> steps = input.result().steps();
        long acknowledged = input.history().writes().stream()
                .filter(Attempt::isAcknowledged)
                .count();
        int lost = input.result().findings().count(ElementClass.LOST);
        int exposed = steps.stream().mapToInt(StepResult::exposed).sum();
        Duration longest = steps.stream()
                .map(step -> step.outage().length())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        String proofs = steps.stream()
                .flatMap(step -> step.happening().proofs().stream())
                .map(Proof::toString)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of(
                new Figure("shown to survive", verdict == Verdict.SURVIVED ? proofs : "nothing"),
                new Figure("rows acknowledged", StepRow.number(acknowledged)),
                new Figure("rows lost", StepRow.number(lost)),
                new Figure("longest outage", StepRow.seconds(longest)),
                new Figure("at risk just before a disruption", StepRow.number(exposed)),
                new Figure("loss rate, with 95 % confidence", bound(lost, exposed)));
    }

    /** The rule of three: when none of n was lost, the rate is below 3/n. */
    private static String bound(int lost, int exposed) {
        return lost > 0 || exposed < 3 ? "not bounded" : String.format(Locale.ROOT, "below %.1f %%", 300.0 / exposed);
    }

    private static List<ClassRow> classes(Findings findings) {
        return Arrays.stream(ElementClass.values())
                .map(elementClass -> {
                    Elements elements = findings.of(elementClass);
                    return new ClassRow(
                            elementClass.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            elementClass.meaning(),
                            StepRow.number(elements.size()),
                            elements.brief(INTERVALS),
                            elementClass.isViolation() ? "none" : "any");
                })
                .toList();
    }

    private static EvidenceTable evidence(StepResult step) {
        return new EvidenceTable(
                step.happening().disruption(),
                step.happening().evidence().stream().map(Page::evidence).toList());
    }

    private static EvidenceRow evidence(Evidence evidence) {
        return new EvidenceRow(
                evidence.what(), evidence.before(), evidence.after(), evidence.met() ? "\u2714 yes" : "\u2718 no");
    }
}
