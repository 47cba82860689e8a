package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Ends pods in one of the ways there are, and expects others of the same names on the same claims. */
record DeletePod(Target target, Way way) implements Disruption {

    /** How a pod is ended. */
    enum Way {
        /** As {@code kubectl delete pod} does. */
        DELETE("deletePod"),
        /** As {@code kubectl delete pod --force} does. */
        FORCE("forceDeletePod"),
        /** As {@code kubectl drain} does: disruption budgets are asked. */
        EVICT("evictPod");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    @Override
    public String name() {
        return way.title + "(" + target + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        target.of(before).forEach(pod -> end(workload, pod));
    }

    private void end(Workload workload, PodState pod) {
        switch (way) {
            case DELETE -> workload.deletePod(pod.name(), pod.uid(), false);
            case FORCE -> workload.deletePod(pod.name(), pod.uid(), true);
            case EVICT -> workload.evictPod(pod.name(), pod.uid());
        }
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        try {
            if (target.of(workload.snapshot()).isEmpty()) {
                return Optional.of("it has no pod");
            }
            return way == Way.EVICT ? workload.evictionObstacle() : Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public Disruption on(Target other) {
        return new DeletePod(other, way);
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        target.of(seen.before()).forEach(old -> evidence.addAll(replaced(old, seen, way != Way.FORCE)));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }

    /** A pod that is deleted at once is gone before its end can be reported. */
    static List<Evidence> replaced(PodState old, Observation seen, boolean mustReportItsEnd) {
        OptionalInt exit = seen.exitCode(old);
        return List.of(
                Evidence.changed(
                        "uid of pod " + old.name(),
                        old.uid(),
                        seen.now(old).map(PodState::uid).orElse(old.uid())),
                new Evidence(
                        "exit code of its old server",
                        "running",
                        exit.isPresent() ? "" + exit.getAsInt() : "not reported",
                        exit.isPresent() || !mustReportItsEnd));
    }
}
