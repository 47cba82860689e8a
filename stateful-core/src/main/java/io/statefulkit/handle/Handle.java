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
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.pod.Undeployed;
import io.statefulkit.handle.pod.Undeploying;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A workload on a cluster and what can be done to it, whatever it is. Holds no connection of its own and has nothing to
 * close; safe for use by many threads. Ordinals are the numbers at the end of the names of pods; where none is given, pod 0 is meant,
 * and 0 means the first pod also where they begin with another number.
 */
public sealed interface Handle extends HandlePods, HandleVolumes permits DumpedHandle, WorkloadHandle {

    /** Returns where the workload is. */
    @Override
    Place place();

    /** Returns the container of the server itself; others are sidecars. */
    @Override
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
