package io.statefulkit.survival.disruption;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Kills the process of one pod, and expects the same pod with a new container. */
record CrashProcess(int ordinal) implements Disruption {

    private static final int SIGKILLED = 137;

    @Override
    public String name() {
        return "crashProcess(" + ordinal + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.killProcess(before.require(ordinal).name());
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        PodState now = seen.now(old.name()).orElse(old);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.same("uid of pod " + old.name(), old.uid(), now.uid()));
        evidence.add(new Evidence(
                "restarts of its container",
                "" + old.restarts(),
                "" + now.restarts(),
                now.restarts() > old.restarts()));
        evidence.add(Evidence.changed("its container", old.containerId(), now.containerId()));
        OptionalInt exit = seen.exitCode(old);
        evidence.add(new Evidence(
                "exit code of its old server",
                "running",
                exit.isPresent() ? "" + exit.getAsInt() : "not reported",
                exit.equals(OptionalInt.of(SIGKILLED))));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
