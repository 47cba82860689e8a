package io.statefulkit.handle;

import io.statefulkit.deploy.Diagnosis;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.change.Recovery;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.handle.connection.Logs;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.EvictionRefusedException;
import io.statefulkit.handle.pod.Hibernation;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.handle.pod.PodReplacement;
import io.statefulkit.handle.pod.Rollout;
import io.statefulkit.handle.pod.Rollouts;
import io.statefulkit.handle.pod.ScaleRules;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.pod.Undeployed;
import io.statefulkit.handle.pod.Undeploying;
import io.statefulkit.handle.volume.Expansion;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.handle.volume.Mounts;
import io.statefulkit.handle.volume.Snapshots;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.handle.volume.VolumeOperations;
import io.statefulkit.spec.storage.Size;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A workload on a cluster and what can be done to it, whatever it is. Holds no connection of its own and has nothing to
 * close; safe for use by many threads. Ordinals are the numbers at the end of the names of pods; where none is given, pod 0 is meant,
 * and 0 means the first pod also where they begin with another number.
 */
public sealed interface Handle permits DumpedHandle, WorkloadHandle {

    /** Returns where the workload is. */
    Place place();

    /** Returns the container of the server itself; others are sidecars. */
    String container();

    /** Returns the name of the workload. */
    default String name() {
        return place().name();
    }

    /** Returns its namespace. */
    default String namespace() {
        return place().namespace();
    }

    /** Returns its state now. */
    default HandleStatus status() {
        return HandleStatus.of(place());
    }

    /** Returns why it is not ready, with events and log lines; the diagnosis of a healthy workload has no troubles. */
    default Diagnosis diagnose() {
        try (WorkloadWatch watch = place().watch()) {
            return place().waiting().diagnose(watch.withPastEvents());
        }
    }

    /**
     * Waits until the workload is ready as it is declared now.
     *
     * @throws StuckException when that does not happen in time, or cannot happen any more
     */
    default void awaitReady() {
        new PodOperations(place()).awaitReady();
    }

    /**
     * Deletes a pod, as {@code kubectl delete pod} does: gracefully, and only this very pod.
     *
     * @throws IllegalArgumentException when there is no such pod
     */
    @CheckReturnValue
    default PodReplacement deletePod(int ordinal) {
        return new PodOperations(place()).delete(ordinal);
    }

    /**
     * Replaces all pods one after another, as {@code kubectl rollout restart} does; those that a partition leaves alone stay.
     *
     * @throws IllegalStateException when the workload has the update strategy {@code OnDelete}
     */
    @CheckReturnValue
    default Rollout rolloutRestart() {
        return new Rollouts(place()).restart();
    }

    /**
     * Evicts a pod, as a drain of its node does: a disruption budget may refuse.
     *
     * @throws EvictionRefusedException when a budget allows no disruption now
     * @throws IllegalArgumentException when there is no such pod
     */
    @CheckReturnValue
    default PodReplacement evictPod(int ordinal) {
        return new PodOperations(place()).evict(ordinal);
    }

    /**
     * Gets a rollout going again that a broken revision has stopped: deletes the pods that are neither ready nor of the
     * newest revision. To be called after the change that broke them was taken back; that alone does not replace them.
     */
    @CheckReturnValue
    default Rollout repairRollout() {
        return new Rollouts(place()).repair();
    }

    /** Stops the workload and its schedules; how many pods it had is remembered until {@link #wake()}. */
    @CheckReturnValue
    default Rollout hibernate() {
        return new Hibernation(place()).hibernate();
    }

    /**
     * Starts the workload again with as many pods as before {@link #hibernate()}, and its schedules.
     *
     * @throws IllegalStateException when it does not hibernate, or when a restore has stopped it
     */
    @CheckReturnValue
    default Rollout wake() {
        return new Hibernation(place()).wake();
    }

    /**
     * Changes the number of pods; 0 stops the workload and keeps its volumes. Fewer pods leave their claims behind, whose data
     * more pods find again later, as old as it is then.
     *
     * @throws io.statefulkit.lint.SpecInvalidException when there would be more pods than now which would share a claim (rule
     *     ST01), or which would be unrelated servers although nobody has said so with {@code independentReplicas()} (ID08)
     */
    @CheckReturnValue
    default Rollout scale(int replicas) {
        if (replicas > 0) {
            new Hibernation(place()).refuseWhileRestoring();
            new ScaleRules(place()).check(replicas);
        }
        return new Rollouts(place()).scale(replicas);
    }

    /** Returns its claims and the volumes behind them. */
    default List<VolumeInfo> volumes() {
        return new VolumeOperations(place()).list();
    }

    /** Returns which directories of the containers of pod 0 are on claims. */
    default List<MountInfo> mounts() {
        return new Mounts(place()).list();
    }

    /**
     * Returns the claim that a directory of the container of the server really is on, as the container itself sees it: an
     * image may have a volume of its own in between.
     *
     * @throws IllegalStateException when it is on none, so that the next restart loses what is in it
     */
    default MountInfo mountOf(String directory) {
        return new Mounts(place()).holding(container(), directory);
    }

    /**
     * Makes the volumes of the claim template {@code data} larger, while the server runs, and waits until they are. Those of pods that
     * were scaled away may get their size when a pod uses them again.
     *
     * @throws UnsupportedOperationException when the storage class does not allow it
     * @throws IllegalArgumentException when they are larger already, or there are no claims of such a template
     * @throws IllegalStateException when the workload has no claim templates, or a volume does not grow in time
     */
    default void expandVolumes(String size) {
        expandVolumes("data", size);
    }

    /** Makes the volumes of a claim template larger, like {@link #expandVolumes(String)}. */
    default void expandVolumes(String template, String size) {
        new Expansion(place()).expand(template, Size.of(size));
    }

    /**
     * Lets its volumes stay when their claims are deleted (reclaim policy {@code Retain}).
     *
     * @return the names of the volumes that would have been deleted
     */
    default List<String> protect() {
        return new VolumeOperations(place()).protect();
    }

    /**
     * Takes a snapshot of the volume of a claim, as a crash would leave it, and waits until it can be used.
     *
     * @return the name of the VolumeSnapshot
     * @throws UnsupportedOperationException when the cluster cannot take snapshots
     * @throws IllegalStateException when it cannot be used in time
     */
    default String snapshot(String claim) {
        return new Snapshots(place()).take(claim, this::beforeSnapshot);
    }

    /** Lets the server write what it has in memory, before a snapshot of its volume is taken. */
    default void beforeSnapshot() {}

    /** Runs a command in the container of the server of pod 0, like {@link #exec(int, String, List)}. */
    default ExecResult exec(String... command) {
        return exec(0, container(), List.of(command));
    }

    /**
     * Runs a command in a container; it may take five minutes.
     *
     * @throws ExecException when the connection ends before the command, or the time is over, so that its exit code is unknown
     * @throws NoSuchElementException when there is no such pod at the moment
     */
    default ExecResult exec(int ordinal, String container, List<String> command) {
        return new Shell(place()).run(ordinal, container, command, new byte[0], Duration.ofMinutes(5));
    }

    /** Returns the log of the container of the server of pod 0. */
    default Logs logs() {
        return logs(container(), 0);
    }

    /**
     * Returns the log of a container; its methods read it, from the pod that there is then.
     *
     * @param ordinal the pod; reading fails with a {@link NoSuchElementException} while there is none
     */
    default Logs logs(String container, int ordinal) {
        return Logs.of(place(), container, ordinal);
    }

    /**
     * Runs a command in a pod of its own, as a client of the server, with the image of the server and the variables that its
     * clients read: {@code PGHOST}, {@code PGPASSWORD} and so on, by which {@code psql} needs no arguments. The pod is
     * deleted at the end; it may take five minutes.
     *
     * @return the exit code, and the log as {@code stdout}, standard error included
     * @throws ExecException when the pod cannot start, or does not end
     */
    default ExecResult clientPod(String... command) {
        return new OneShot(new Server(place(), container()))
                .run("client", List.of(command), ClientEnv.of(this), spec -> spec, Duration.ofMinutes(5));
    }

    /**
     * Stops the workload and its schedules, runs a command on the volumes of pod 0 in a pod of its own, and starts the workload
     * again when the command ends with 0. For what no server may be running for, such as {@code pg_resetwal} after a volume was
     * written to by two servers. The pod has the image, the user, the mounts and the plain variables of the server; it may
     * take five minutes.
     *
     * @return the exit code, and the log as {@code stdout}; when the code is not 0, the workload is stopped until
     *     {@link #wake()}
     * @throws ExecException when the pod cannot start, or does not end; the workload is stopped then, too
     */
    default ExecResult recover(String... command) {
        return new Recovery(new Server(place(), container())).run(List.of(command), Duration.ofMinutes(5));
    }

    /** Returns the names by which programs in the cluster reach it. */
    default Dns dns() {
        return Dns.of(place());
    }

    /**
     * Opens a local port that leads to a port of whatever pod is ready.
     *
     * @throws IllegalArgumentException when {@code port} is no port
     */
    default Forward forward(int port) {
        return new Server(place(), container()).forward(port);
    }

    /**
     * Opens such a port whose new connections wait only so long for a pod that is ready, and end then. With no time at all, who
     * keeps trying learns at once when a pod is ready again.
     */
    default Forward forward(int port, Duration whenNoPodIsReady) {
        return new Server(place(), container()).forward(port, whenNoPodIsReady);
    }

    /**
     * Takes the workload off the cluster and keeps its data.
     *
     * @param mode {@link Undeploy#RETAIN}; deleting data needs {@link #undeploy(Undeploy, String)}
     * @return the claims, which are all still there
     * @throws IllegalArgumentException when data would be deleted
     */
    default Undeployed undeploy(Undeploy mode) {
        return undeploy(mode, "");
    }

    /**
     * Takes the workload off the cluster: scales it to 0, waits for its last pod, and deletes its objects. Claims that it was
     * only told to use stay in any case, and the Secret stays as long as one of these may need it.
     *
     * @param mode what becomes of the data
     * @param confirmation the name of the workload, when its data is to be deleted
     * @return which claims are gone, and which are still there
     * @throws IllegalArgumentException when data is to be deleted and the confirmation is not the name
     * @throws IllegalStateException when a claim stays since another pod uses it
     * @throws StuckException when its pods do not end in time; calling it again goes on from there
     */
    default Undeployed undeploy(Undeploy mode, String confirmation) {
        return new Undeploying(place()).run(mode, confirmation);
    }
}
