package io.statefulkit.survival.report;

import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Sighting;
import io.statefulkit.survival.verdict.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One pod's name over time: which pod had it, and how that was. */
record Lane(String name, int y, int labelY, List<Stretch> stretches) {

    private static final int BAR = 16;
    private static final int UID_DIGITS = 8;
    private static final int CHARACTER = 8;
    private static final int NAME = 15;

    /** A time in which nothing changed. */
    record Stretch(String kind, String x, String width, int y, int height, String title, String label, String labelX) {}

    private record Moment(long nanos, String uid, String kind, String note) {}

    static List<Lane> of(ReportInput input, TimeScale scale, Layout layout) {
        List<Lane> lanes = new ArrayList<>();
        for (String name : names(input.result().steps())) {
            int y = layout.lane(lanes.size());
            lanes.add(new Lane(shortened(name), y, y + BAR - 4, stretches(moments(input, name), scale, y)));
        }
        return lanes;
    }

    /** The end of a long name tells pods apart. */
    private static String shortened(String name) {
        return name.length() <= NAME ? name : "\u2026" + name.substring(name.length() - NAME + 1);
    }

    static SortedSet<String> names(List<StepResult> steps) {
        SortedSet<String> names = new TreeSet<>();
        for (StepResult step : steps) {
            Observation seen = step.happening().seen();
            names.addAll(seen.before().pods().keySet());
            names.addAll(seen.after().pods().keySet());
        }
        return names;
    }

    private static List<Moment> moments(ReportInput input, String name) {
        List<Moment> moments = new ArrayList<>();
        for (StepResult step : input.result().steps()) {
            Observation seen = step.happening().seen();
            PodState before = seen.before().pods().get(name);
            long injected = step.step().injected().nanos();
            if (moments.isEmpty() && before != null) {
                moments.add(moment(0, before, before));
            }
            PodState last = before;
            for (Sighting sighting : seen.trail()) {
                PodState pod = sighting.pod();
                if (pod.name().equals(name) && sighting.nanos() - input.origin() >= injected) {
                    long at = sighting.nanos() - input.origin();
                    moments.add(
                            sighting.isDeleted()
                                    ? new Moment(at, pod.uid(), "", "")
                                    : moment(at, pod, last == null ? pod : last));
                    last = pod;
                }
            }
        }
        return moments;
    }

    private static Moment moment(long nanos, PodState pod, PodState last) {
        boolean restarted = pod.uid().equals(last.uid()) && pod.restarts() > last.restarts();
        String exit = restarted && pod.exitCode().isPresent()
                ? "\u21ba exit " + pod.exitCode().getAsInt()
                : "";
        return new Moment(nanos, pod.uid(), kind(pod), exit);
    }

    private static String kind(PodState pod) {
        if (pod.isTerminating()) {
            return "ending";
        }
        return pod.isReady() ? "ready" : pod.containerId().isEmpty() ? "waiting" : "starting";
    }

    private static List<Stretch> stretches(List<Moment> moments, TimeScale scale, int y) {
        List<Stretch> stretches = new ArrayList<>();
        String shown = "";
        for (int i = 0; i < moments.size(); i++) {
            Moment from = moments.get(i);
            int next = i + 1;
            while (next < moments.size() && isSame(from, moments.get(next))) {
                next++;
            }
            long to = next < moments.size() ? moments.get(next).nanos() : scale.length();
            if (!from.kind().isEmpty()) {
                double x = scale.x(from.nanos());
                double width = Math.max(1, scale.x(to) - x);
                String label = label(from, shown);
                boolean fits = width > CHARACTER * label.length();
                stretches.add(new Stretch(
                        from.kind(),
                        TimeScale.text(x),
                        TimeScale.text(width),
                        y,
                        BAR,
                        from.kind() + ", pod " + from.uid(),
                        fits ? label : "",
                        TimeScale.text(x + 4)));
                shown = fits && !label.isEmpty() ? from.uid() : shown;
            }
            i = next - 1;
        }
        return stretches;
    }

    private static boolean isSame(Moment one, Moment other) {
        return one.uid().equals(other.uid())
                && one.kind().equals(other.kind())
                && other.note().isEmpty();
    }

    /** The pod's identity, once. */
    private static String label(Moment moment, String shown) {
        String uid = moment.uid().substring(0, Math.min(UID_DIGITS, moment.uid().length()));
        String name = moment.uid().equals(shown) ? "" : uid;
        return (name + " " + moment.note()).strip();
    }
}
