package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Undo;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the volumes of a pod refuse what is written until a row was refused, and expects the server to recover by itself. */
record FillVolume(int ordinal) implements Disruption {

    @Override
    public String name() {
        return "fillVolume(" + ordinal + ")";
    }

    @Override
    public boolean putsDataAtRisk() {
        return true;
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.FULL_VOLUME);
    }

    @Override
    public Disruption on(Target target) {
        return target.of(this, FillVolume::new);
    }

    /** A server may end by itself when it cannot write; it need not. */
    @Override
    public boolean restartsServers() {
        return false;
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        String pod = before.require(ordinal).name();
        List<Runnable> filled = new CopyOnWriteArrayList<>();
        Undo.around("empty the volumes of pod " + pod, () -> emptyAll(filled), () -> {
            before.claims().keySet().stream()
                    .filter(claim -> !before.hasStableNames() || claim.endsWith("-" + pod))
                    .forEach(claim -> filled.add(workload.fillVolume(claim)));
            workload.await("a row was refused", now -> workload.pulse().refused() > 0);
        });
    }

    /** One that cannot be emptied does not keep the others full. */
    static void emptyAll(List<Runnable> filled) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Runnable undo : filled) {
            try {
                undo.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.same(
                "uid of pod " + old.name(),
                old.uid(),
                seen.now(old).map(PodState::uid).orElse("gone")));
        int refused = seen.pulse().refused();
        evidence.add(new Evidence("rows that were refused", "0", "" + refused, refused > 0));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
