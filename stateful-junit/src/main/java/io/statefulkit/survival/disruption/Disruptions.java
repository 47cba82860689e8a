package io.statefulkit.survival.disruption;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The disruptions there are. */
public final class Disruptions {

    private Disruptions() {}

    /** Deletes pod 0 as {@code kubectl delete pod} does: the server is asked to stop and gets the pod's grace period. */
    public static Disruption deletePod() {
        return deletePod(0);
    }

    /** Deletes the pod with this ordinal as {@code kubectl delete pod} does. */
    public static Disruption deletePod(int ordinal) {
        return new DeletePod(Target.pod(ordinal), DeletePod.Way.DELETE);
    }

    /**
     * Deletes pod 0 with a grace period of 0, as {@code kubectl delete pod --force} does. The name is free at once, so that the old
     * server may still run when the new one starts. It is no SIGKILL: the old server is still asked to stop first.
     */
    public static Disruption forceDeletePod() {
        return forceDeletePod(0);
    }

    /** Deletes the pod with this ordinal with a grace period of 0. */
    public static Disruption forceDeletePod(int ordinal) {
        return new DeletePod(Target.pod(ordinal), DeletePod.Way.FORCE);
    }

    /**
     * Evicts pod 0 as {@code kubectl drain} does: by a request that disruption budgets can refuse. While one does, it is asked again, until
     * the patience of the run ends.
     */
    public static Disruption evictPod() {
        return evictPod(0);
    }

    /** Evicts the pod with this ordinal as {@code kubectl drain} does. */
    public static Disruption evictPod(int ordinal) {
        return new DeletePod(Target.pod(ordinal), DeletePod.Way.EVICT);
    }

    /**
     * Deletes the StatefulSet or Deployment with its pods, waits until they are gone, and creates it again. Its claims stay, unless the retention
     * policy of a StatefulSet says otherwise; then this shows it.
     */
    public static Disruption recreateWorkload() {
        return new RecreateWorkload();
    }

    /**
     * Deletes the StatefulSet or Deployment without its pods and creates it again, as for a change of what cannot be changed. The pods run on: it shows
     * that they are adopted, and proves nothing about data.
     */
    public static Disruption orphanAndAdopt() {
        return new OrphanAndAdopt();
    }

    /** Kills the main process of pod 0 with SIGKILL: the pod stays, its container is started again. */
    public static Disruption crashProcess() {
        return crashProcess(0);
    }

    /** Kills the main process of the pod with this ordinal with SIGKILL. */
    public static Disruption crashProcess(int ordinal) {
        return new CrashProcess(Target.pod(ordinal));
    }

    /**
     * Kills the main process of pod 0, and the one that comes in its place as soon as it runs, before it is ready: what a server does to
     * recover from a crash must survive a crash too.
     */
    public static Disruption crashDuringRecovery() {
        return new CrashDuringRecovery(0);
    }

    /**
     * Stops the processes of pod 0 where they are for this time, as a machine does that hangs, and lets them go on. Shorter than what
     * probes put up with, or it becomes a restart, which this shows. The server is the same before and after: it shows that clients get over
     * it, and proves nothing about files.
     *
     * @throws IllegalArgumentException when the time is not positive
     */
    public static Disruption freeze(Duration time) {
        return new Freeze(0, time);
    }

    /**
     * Gives every pod another image, as an upgrade within a format of data does. The other one must be another image, not only another
     * name, and must be able to read the files of the first.
     */
    public static Disruption upgradeImage(String image) {
        return new UpgradeImage(image);
    }

    /** Stops all pods, and starts as many again when they are gone. */
    public static Disruption hibernateAndWake() {
        return new Hibernate();
    }

    /**
     * Cordons the node of pod 0 and evicts the pods of the workload from it; pods of others stay. They start on another node where volumes
     * allow it, else on the same one, which is then uncordoned: only in the first case it proves more than {@link #evictPod()}.
     */
    public static Disruption drainNode() {
        return new DrainNode(0);
    }

    /**
     * Takes the power of pod 0's node away and gives it back: all of its containers die and are started again in the same pods, also those of
     * other workloads. What the kernel of the machine holds in memory survives, so that it is no test of a power cut.
     */
    public static Disruption crashNode() {
        return new CrashNode(0);
    }

    /**
     * Makes the volumes of pod 0 refuse what is written until a row was refused, and then takes it again: the server must recover without
     * help.
     */
    public static Disruption fillVolume() {
        return new FillVolume(0);
    }

    /**
     * Backs up in this way while rows are written, lets rows be written that are in no backup, deletes the workload with its claims, creates it
     * again with empty ones, and restores. Rows acknowledged before the backup began must be there then, rows begun after it was done must not,
     * and of those between, none without those that its writer wrote before it. Not for runs that keep accounts.
     */
    public static Disruption backupAndRestore(BackupPlan plan) {
        return new BackupAndRestore(plan);
    }

    /** Replaces every pod as {@code kubectl rollout restart} does. */
    public static Disruption rolloutRestart() {
        return new RolloutRestart();
    }

    /**
     * Asks for these numbers of pods one after another, and waits for each, such as {@code scale(1, 0, 1)}.
     *
     * @throws IllegalArgumentException when there is no number, or a negative one
     */
    public static Disruption scale(int... replicas) {
        return new Scale(Arrays.stream(replicas).boxed().toList());
    }

    /** The four things that happen to every workload sooner or later: a deleted pod, a crash, a roll-out, a scale down to nothing and up. */
    public static List<Disruption> everyday() {
        return List.of(deletePod(), crashProcess(), rolloutRestart(), scale(1, 0, 1));
    }
}
