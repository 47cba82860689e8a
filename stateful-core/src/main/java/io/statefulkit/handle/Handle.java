package io.statefulkit.handle;

import io.statefulkit.deploy.Diagnosis;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.WorkloadWatch;
import java.time.Duration;
import java.util.List;

/**
 * A workload on a cluster and what can be done to it, whatever it is. Holds no connection of its own and has nothing to
 * close; safe for use by many threads. Ordinals count from 0; where none is given, pod 0 is meant.
 */
public sealed interface Handle permits PostgresHandle, RedisHandle, MySqlHandle, WorkloadHandle {

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
            return place().waiting().diagnose(watch);
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
     * Replaces all pods one after another, as {@code kubectl rollout restart} does.
     *
     * @throws IllegalStateException when the workload has the update strategy {@code OnDelete}
     */
    @CheckReturnValue
    default Rollout rolloutRestart() {
        return new PodOperations(place()).restart();
    }

    /** Changes the number of pods; 0 stops the workload and keeps its volumes. */
    @CheckReturnValue
    default Rollout scale(int replicas) {
        return new PodOperations(place()).scale(replicas);
    }

    /** Runs a command in the container of the server of pod 0; it may take five minutes. */
    default ExecResult exec(String... command) {
        return exec(0, container(), List.of(command));
    }

    /**
     * Runs a command in a container; it may take five minutes.
     *
     * @throws ExecException when the connection ends before the command, so that its exit code is unknown
     */
    default ExecResult exec(int ordinal, String container, List<String> command) {
        return new Shell(place()).run(ordinal, container, command, new byte[0], Duration.ofMinutes(5));
    }

    /** Returns the log of the container of the server of pod 0. */
    default Logs logs() {
        return logs(container(), 0);
    }

    /** Returns the log of a container. */
    default Logs logs(String container, int ordinal) {
        return new Logs(place(), container, ordinal, Logs.Range.all());
    }

    /** Returns the names by which programs in the cluster reach it. */
    default Dns dns() {
        return Dns.of(place());
    }

    /** Opens a local port that leads to a port of whatever pod is ready. */
    default Forward forward(int port) {
        return Forward.open(place().client(), place().ref(), place().selector(), pod -> true, port);
    }

    /**
     * Takes the workload off the cluster and keeps its data.
     *
     * @param mode {@link Undeploy#RETAIN}; deleting data needs {@link #undeploy(Undeploy, String)}
     * @throws IllegalArgumentException when data would be deleted
     */
    default void undeploy(Undeploy mode) {
        undeploy(mode, "");
    }

    /**
     * Takes the workload off the cluster: scales it to 0, waits for its last pod, and deletes its objects.
     *
     * @param mode what becomes of the data
     * @param confirmation the name of the workload, when its data is to be deleted
     * @throws IllegalArgumentException when data is to be deleted and the confirmation is not the name
     */
    default void undeploy(Undeploy mode, String confirmation) {
        new Undeploying(place()).run(mode, confirmation);
    }
}
