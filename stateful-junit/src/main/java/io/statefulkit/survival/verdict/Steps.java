package io.statefulkit.survival.verdict;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Reading;
import io.statefulkit.survival.history.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Divides the findings of a run among its disruptions. */
final class Steps {

    private Steps() {}

    static List<StepResult> of(History history, Findings findings, List<Happening> happenings, Duration still) {
        List<Elements> lost = lostByStep(history, findings.of(ElementClass.LOST));
        return IntStream.range(0, happenings.size())
                .mapToObj(i -> result(history, i, happenings.get(i), lost.get(i), still))
                .toList();
    }

    private static StepResult result(History history, int index, Happening happening, Elements lost, Duration still) {
        Step step = history.steps().get(index);
        long injected = step.injected().nanos();
        long acknowledged = history.acknowledged()
                .filter(write -> write.ended().isBefore(step.recovered()))
                .count();
        long exposed = history.acknowledged()
                .mapToLong(write -> injected - write.ended().nanos())
                .filter(age -> age >= 0 && age <= StepResult.EXPOSURE.toNanos())
                .count();
        return new StepResult(
                step, happening, Outage.of(history, index, still), (int) acknowledged, (int) exposed, lost);
    }

    /** A row was lost by the last disruption before the first read that had to show it and did not. */
    private static List<Elements> lostByStep(History history, Elements lost) {
        List<List<Element>> byStep = new ArrayList<>();
        history.steps().forEach(step -> byStep.add(new ArrayList<>()));
        history.acknowledged()
                .filter(write -> lost.contains(write.element()))
                .forEach(write -> history.readings().stream()
                        .filter(reading -> write.ended().isBefore(reading.begun())
                                && !reading.present().contains(write.element()))
                        .findFirst()
                        .map(reading -> lastStepBefore(history, reading))
                        .filter(index -> index >= 0)
                        .ifPresent(index -> byStep.get(index).add(write.element())));
        return byStep.stream().map(Elements::of).toList();
    }

    private static int lastStepBefore(History history, Reading reading) {
        return (int) history.steps().stream()
                        .filter(step -> step.injected().isBefore(reading.begun()))
                        .count()
                - 1;
    }

    /** How many distinct servers acknowledged writes in the time around a step: from the one before it to the one after it. */
    static boolean isCrossed(History history, int index) {
        Step step = history.steps().get(index);
        long from = index == 0 ? 0 : history.steps().get(index - 1).recovered().index();
        long to = index + 1 < history.steps().size()
                ? history.steps().get(index + 1).injected().index()
                : Long.MAX_VALUE;
        return history.acknowledged()
                        .filter(write ->
                                write.ended().index() >= from && write.ended().index() <= to)
                        .filter(write -> write.ended().isBefore(step.injected())
                                || step.recovered().isBefore(write.begun()))
                        .map(Attempt::server)
                        .distinct()
                        .count()
                > 1;
    }

    /** The servers that acknowledged writes before a step and answered a read that began after the workload had recovered from it. */
    static Stream<String> staleServers(History history, int index) {
        Step step = history.steps().get(index);
        Set<String> before = history.acknowledged()
                .filter(write -> write.ended().isBefore(step.injected()))
                .map(Attempt::server)
                .collect(Collectors.toSet());
        return history.readings().stream()
                .filter(reading -> step.recovered().isBefore(reading.begun()))
                .map(Reading::server)
                .filter(before::contains)
                .distinct();
    }
}
