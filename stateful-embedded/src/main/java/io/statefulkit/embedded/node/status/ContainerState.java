package io.statefulkit.embedded.node.status;

import java.time.Instant;

/** What a container does. */
public sealed interface ContainerState {

    /**
     * It does not run yet, or not now.
     *
     * @param reason why, such as {@code ContainerCreating}
     * @param message more about it, or empty
     */
    record Waiting(String reason, String message) implements ContainerState {}

    /**
     * It runs.
     *
     * @param startedAt since when
     */
    record Running(Instant startedAt) implements ContainerState {}

    /**
     * It ended.
     *
     * @param exitCode the status, or 128 and the signal
     * @param reason {@code Completed}, {@code Error} ...
     * @param message its last words, or empty
     * @param startedAt when it started; {@link Instant#EPOCH} if it could not, {@link Instant#MIN} if that is not known
     * @param finishedAt when it ended; {@link Instant#MIN} if that is not known
     * @param containerId the instance that ended, or empty
     */
    record Terminated(
            int exitCode, String reason, String message, Instant startedAt, Instant finishedAt, String containerId)
            implements ContainerState {}
}
