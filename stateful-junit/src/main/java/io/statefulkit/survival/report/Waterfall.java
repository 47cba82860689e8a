package io.statefulkit.survival.report;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Sighting;
import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.verdict.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** What the time of one recovery went by: when each stage was reached, from the moment the disruption acted. */
record Waterfall(String disruption, List<Stage> stages) {

    private static final int WIDTH = 300;

    /**
     * One stage.
     *
     * @param name what was reached
     * @param after when
     * @param text when, in words
     * @param x where its bar begins in a picture that is 300 wide
     * @param width how wide its bar is
     */
    record Stage(String name, Duration after, String text, String x, String width) {}

    private record Reached(String name, long nanos) {}

    static Waterfall of(ReportInput input, StepResult step) {
        List<Reached> reached = reached(input, step);
        long longest =
                Math.max(1, reached.stream().mapToLong(Reached::nanos).max().orElse(1));
        List<Stage> stages = new ArrayList<>();
        double from = 0;
        for (Reached each : reached) {
            double to = WIDTH * (double) each.nanos() / longest;
            Duration after = Duration.ofNanos(each.nanos());
            stages.add(new Stage(
                    each.name(),
                    after,
                    StepRow.seconds(after),
                    TimeScale.text(from),
                    TimeScale.text(Math.max(1, to - from))));
            from = to;
        }
        return new Waterfall(step.happening().disruption(), stages);
    }

    private static List<Reached> reached(ReportInput input, StepResult step) {
        Observation seen = step.happening().seen();
        Map<String, PodState> oldPods =
                seen.before().pods().values().stream().collect(toMap(PodState::uid, pod -> pod));
        Set<String> oldContainers = seen.before().pods().values().stream()
                .map(PodState::containerId)
                .collect(toSet());
        Predicate<Sighting> isNew =
                sighting -> !oldPods.containsKey(sighting.pod().uid())
                        || !oldContainers.contains(sighting.pod().containerId());
        long injected = step.step().injected().nanos();
        List<Reached> reached = new ArrayList<>();
        add(reached, "the old server is gone", first(input, step, sighting -> isEnd(sighting, oldPods)));
        add(
                reached,
                "a new pod is there",
                first(
                        input,
                        step,
                        sighting -> !oldPods.containsKey(sighting.pod().uid())));
        add(
                reached,
                "its container runs",
                first(input, step, sighting -> !sighting.pod().containerId().isEmpty() && isNew.test(sighting)));
        add(
                reached,
                "it is ready",
                first(input, step, sighting -> sighting.pod().isReady() && isNew.test(sighting)));
        add(reached, "a new server acknowledges a row", firstRow(input, step));
        if (step.step().isRecovered()) {
            add(
                    reached,
                    "all evidence is there",
                    OptionalLong.of(step.step().recovered().nanos() - injected));
        }
        reached.sort(Comparator.comparingLong(Reached::nanos));
        return reached;
    }

    private static boolean isEnd(Sighting sighting, Map<String, PodState> oldPods) {
        PodState pod = sighting.pod();
        PodState old = oldPods.get(pod.uid());
        return old != null && (sighting.isDeleted() || pod.hasEndedSince(old));
    }

    private static void add(List<Reached> reached, String name, OptionalLong nanos) {
        nanos.ifPresent(at -> reached.add(new Reached(name, at)));
    }

    private static OptionalLong first(ReportInput input, StepResult step, Predicate<Sighting> condition) {
        long injected = step.step().injected().nanos();
        return step.happening().seen().trail().stream()
                .filter(sighting -> sighting.nanos() - input.origin() >= injected)
                .filter(condition)
                .mapToLong(sighting -> sighting.nanos() - input.origin() - injected)
                .min();
    }

    private static OptionalLong firstRow(ReportInput input, StepResult step) {
        Set<String> before = input.history()
                .acknowledged()
                .filter(write -> write.ended().isBefore(step.step().injected()))
                .map(Attempt::server)
                .collect(toSet());
        LongStream after = input.history()
                .acknowledged()
                .filter(write -> step.step().injected().isBefore(write.ended()))
                .filter(write -> !before.contains(write.server()))
                .mapToLong(
                        write -> write.ended().nanos() - step.step().injected().nanos());
        return after.min();
    }
}
