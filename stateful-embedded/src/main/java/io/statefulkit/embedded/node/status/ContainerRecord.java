package io.statefulkit.embedded.node.status;

import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import java.time.Instant;
import java.util.Optional;

/**
 * What the node knows about one container.
 *
 * @param name its name
 * @param role its part in the pod
 * @param state what it does
 * @param last how the instance before ended
 * @param restarts how often it was restarted
 * @param ready whether it is ready
 * @param started whether its startup is over
 * @param imageId the resolved image, or empty
 * @param containerId the current or last instance, or empty
 * @param notBefore when it may be started again
 */
public record ContainerRecord(
        String name,
        Role role,
        ContainerState state,
        Optional<Terminated> last,
        int restarts,
        boolean ready,
        boolean started,
        String imageId,
        String containerId,
        Instant notBefore) {

    /** Returns a container that was not started yet. */
    public static ContainerRecord fresh(String name, Role role, boolean afterInit) {
        return new ContainerRecord(
                name,
                role,
                new Waiting(waitsFor(afterInit), ""),
                Optional.empty(),
                0,
                false,
                false,
                "",
                "",
                Instant.MIN);
    }

    /** Returns why a container waits that was not started yet. */
    public static String waitsFor(boolean afterInit) {
        return afterInit ? "PodInitializing" : "ContainerCreating";
    }

    /** Returns whether it runs. */
    public boolean running() {
        return state instanceof ContainerState.Running;
    }

    /** Returns how it ended, if it ended. */
    public Optional<Terminated> terminated() {
        return state instanceof Terminated ended ? Optional.of(ended) : Optional.empty();
    }

    /** Returns whether it ended with exit code 0. */
    public boolean succeeded() {
        return state instanceof Terminated ended && ended.exitCode() == 0;
    }

    /** Returns whether it waits and no instance of it ever ran. */
    public boolean neverRan() {
        return state instanceof Waiting && last.isEmpty();
    }

    /** Returns this container in another state, neither ready nor started. */
    public ContainerRecord in(ContainerState next) {
        return new ContainerRecord(name, role, next, last, restarts, false, false, imageId, containerId, notBefore);
    }

    /** Returns this container as it waits. */
    public ContainerRecord waiting(String reason, String message) {
        Optional<Terminated> before = state instanceof Terminated ended ? Optional.of(ended) : last;
        return new ContainerRecord(
                name,
                role,
                new Waiting(reason, message),
                before,
                restarts,
                false,
                false,
                imageId,
                containerId,
                notBefore);
    }

    /** Returns this container as a new instance of it runs. */
    public ContainerRecord running(Instant now, String image, String instance) {
        Optional<Terminated> before = state instanceof Terminated ended ? Optional.of(ended) : last;
        return new ContainerRecord(
                name,
                role,
                new ContainerState.Running(now),
                before,
                before.isPresent() ? restarts + 1 : restarts,
                false,
                false,
                image,
                instance,
                notBefore);
    }

    /** Returns this container after an instance could not even be started. */
    public ContainerRecord failedToStart(Terminated failure, String reason, String image) {
        boolean again = last.isPresent() || state instanceof Terminated;
        return new ContainerRecord(
                name,
                role,
                new Waiting(reason, failure.message()),
                Optional.of(failure),
                again ? restarts + 1 : restarts,
                false,
                false,
                image,
                failure.containerId(),
                notBefore);
    }

    /** Returns this container with what probes have found out since, if its instance is still the same. */
    ContainerRecord probed(ContainerRecord since) {
        boolean same = running() && since.running() && containerId.equals(since.containerId);
        return same ? with(since.started, since.ready) : this;
    }

    /** Returns this container with its readiness. */
    public ContainerRecord with(boolean nowStarted, boolean nowReady) {
        return new ContainerRecord(
                name, role, state, last, restarts, nowReady, nowStarted, imageId, containerId, notBefore);
    }

    /** Returns this container with the time before which it is not started again. */
    public ContainerRecord notBefore(Instant time) {
        return new ContainerRecord(name, role, state, last, restarts, ready, started, imageId, containerId, time);
    }
}
