package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Phase;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Backs up under load, waits for rows that the backup does not have, deletes the workload with its claims, creates it again with empty ones,
 * and restores. It expects other claims.
 */
record BackupAndRestore(BackupPlan plan) implements Disruption {

    private static final int ROWS = 20;

    @Override
    public String name() {
        return "backupAndRestore(" + plan.name() + ")";
    }

    @Override
    public boolean bringsBackAnOlderState() {
        return true;
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.tell(Phase.BACKUP_BEGUN);
        Runnable restore = plan.backUp();
        workload.tell(Phase.BACKUP_DONE);
        workload.await(
                ROWS + " rows that are in no backup", now -> workload.pulse().acknowledged() >= ROWS);
        workload.recreateWithout(
                before.uid(),
                before.claims().keySet().stream()
                        .filter(claim -> !plan.keeps(claim))
                        .toList());
        workload.awaitSettled();
        restore.run();
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(seen.ownerIsAnother());
        Map<String, ClaimState> now = seen.after().claims();
        boolean isAnyDestroyed = false;
        for (Map.Entry<String, ClaimState> claim : seen.before().claims().entrySet()) {
            if (!plan.keeps(claim.getKey())) {
                isAnyDestroyed = true;
                String old = describe(claim.getValue());
                ClaimState other = now.get(claim.getKey());
                evidence.add(Evidence.changed(
                        "uid and volume of claim " + claim.getKey(), old, other == null ? old : describe(other)));
            }
        }
        evidence.add(new Evidence(
                "claims that were destroyed",
                "at least one",
                isAnyDestroyed ? "at least one" : "none",
                isAnyDestroyed));
        return evidence;
    }

    private static String describe(ClaimState claim) {
        return claim.uid() + " on volume " + claim.volume();
    }
}
