package io.statefulkit.survival.report;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Step;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The picture of a run: how many operations ended how in each short time, under the disruptions. Coordinates are those of the picture. */
record Timeline(
        int height,
        int base,
        int bottom,
        String peak,
        int peakY,
        String summary,
        List<Lane> lanes,
        Latency latency,
        List<Band> bands,
        List<Bar> bars,
        List<Pause> outages,
        List<Tick> lost,
        List<Tick> ticks) {

    private static final int LABELS = 14;
    private static final int LABEL_HEIGHT = 15;
    private static final int CHARACTER = 7;
    private static final int MAX_TICKS = 12;
    private static final int MAX_LOST = 500;

    record Band(String x, int top, String width, int height, int bottom, int labelY, String label) {}

    record Bar(String kind, String x, String y, String width, String height) {}

    record Pause(String x1, String x2, int y, int labelY, String label) {}

    record Tick(String x, int top, int bottom, int labelY, String label) {}

    static Timeline of(ReportInput input) {
        History history = input.history();
        TimeScale scale = new TimeScale(end(history));
        Layout layout = new Layout(Lane.names(input.result().steps()).size());
        Buckets buckets = Buckets.of(history, scale);
        return new Timeline(
                layout.height(),
                layout.base(),
                layout.latencyBase(),
                String.valueOf(buckets.peakPerSecond()),
                layout.base() - Layout.PLOT + 4,
                summary(input.result().steps()),
                Lane.of(input, scale, layout),
                Latency.of(history, scale, layout),
                bands(history.steps(), scale, layout),
                buckets.bars(layout.base(), Layout.PLOT),
                outages(input.result().steps(), scale, layout),
                lost(input, scale, layout),
                ticks(scale, layout));
    }

    private static long end(History history) {
        return LongStream.concat(
                        history.writes().stream()
                                .filter(write -> write.ended().nanos() != Long.MAX_VALUE)
                                .mapToLong(write -> write.ended().nanos()),
                        history.readings().stream()
                                .mapToLong(reading -> reading.ended().nanos()))
                .max()
                .orElse(1);
    }

    /** A name that would run into the one before it is written a line lower. */
    private static List<Band> bands(List<Step> steps, TimeScale scale, Layout layout) {
        List<Band> bands = new ArrayList<>();
        double free = 0;
        boolean low = false;
        for (Step step : steps) {
            double from = scale.x(step.injected().nanos());
            low = from < free && !low;
            free = from + CHARACTER * (step.disruption().length() + 1);
            bands.add(band(step, scale, layout, low ? LABELS + LABEL_HEIGHT : LABELS));
        }
        return bands;
    }

    private static Band band(Step step, TimeScale scale, Layout layout, int labelY) {
        double from = scale.x(step.injected().nanos());
        double to = scale.x(step.recovered().nanos());
        return new Band(
                TimeScale.text(from),
                layout.top(),
                TimeScale.text(to - from),
                layout.latencyBase() - layout.top(),
                layout.latencyBase(),
                labelY,
                step.disruption());
    }

    private static List<Pause> outages(List<StepResult> steps, TimeScale scale, Layout layout) {
        return steps.stream()
                .filter(step -> step.outage().isMeasurable() && step.step().isRecovered())
                .map(step -> {
                    long from = step.step().injected().nanos();
                    return new Pause(
                            TimeScale.text(scale.x(from)),
                            TimeScale.text(scale.x(from + step.outage().length().toNanos())),
                            layout.base() - Layout.PLOT + 10,
                            layout.base() - Layout.PLOT + 4,
                            StepRow.seconds(step.outage().length()));
                })
                .toList();
    }

    private static List<Tick> lost(ReportInput input, TimeScale scale, Layout layout) {
        return input.history().writes().stream()
                .filter(Attempt::isAcknowledged)
                .filter(write -> input.result().findings().of(ElementClass.LOST).contains(write.element()))
                .limit(MAX_LOST)
                .map(write -> new Tick(
                        TimeScale.text(scale.x(write.ended().nanos())), layout.base(), layout.base() + 8, 0, ""))
                .toList();
    }

    private static List<Tick> ticks(TimeScale scale, Layout layout) {
        long second = 1_000_000_000L;
        long step = IntStream.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
                .filter(seconds -> scale.length() / (seconds * second) <= MAX_TICKS)
                .findFirst()
                .orElse(3600);
        List<Tick> ticks = new ArrayList<>();
        for (long at = 0; at * second <= scale.length(); at += step) {
            int base = layout.latencyBase();
            ticks.add(new Tick(TimeScale.text(scale.x(at * second)), base, base + 6, base + 24, at + " s"));
        }
        return ticks;
    }

    private static String summary(List<StepResult> steps) {
        if (steps.isEmpty()) {
            return "Nothing happened to the workload.";
        }
        StringBuilder text = new StringBuilder();
        for (StepResult step : steps) {
            text.append(step.happening().disruption())
                    .append(": ")
                    .append(
                            !step.step().isRecovered()
                                    ? "the workload did not come back. "
                                    : step.outage().isMeasurable()
                                            ? "no row was acknowledged for "
                                                    + StepRow.seconds(
                                                            step.outage().length()) + ". "
                                            : "no outage that could be measured. ");
        }
        return text.toString().strip();
    }
}
