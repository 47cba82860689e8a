package io.statefulkit.survival.disruption;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Ends one pod in one of the ways there are, and expects another one of the same name on the same claims. */
record DeletePod(int ordinal, Way way) implements Disruption {

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
        return way.title + "(" + ordinal + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        PodState pod = before.require(ordinal);
        switch (way) {
            case DELETE -> workload.deletePod(pod.name(), pod.uid(), false);
            case FORCE -> workload.deletePod(pod.name(), pod.uid(), true);
            case EVICT -> workload.evictPod(pod.name(), pod.uid());
        }
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.changed(
                "uid of pod " + old.name(),
                old.uid(),
                seen.now(old.name()).map(PodState::uid).orElse(old.uid())));
        OptionalInt exit = seen.exitCode(old);
        // A pod that is deleted at once is gone before its end can be reported.
        evidence.add(new Evidence(
                "exit code of its old server",
                "running",
                exit.isPresent() ? "" + exit.getAsInt() : "not reported",
                exit.isPresent() || way == Way.FORCE));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
