package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One pod at one time. Where a pod has several containers, the one of the server is meant.
 *
 * @param name its name
 * @param uid the identity that no other pod ever has
 * @param containerId the identity of the running container, empty when there is none
 * @param restarts how often its container was started again
 * @param exitCode how its container ended, the last time it did
 * @param revision the revision of the template it was made from, empty when it is not said
 * @param isReady whether it is ready
 * @param isTerminating whether it is being deleted
 * @param details what only some disruptions ask for
 */
public record PodState(
        String name,
        String uid,
        String containerId,
        int restarts,
        OptionalInt exitCode,
        String revision,
        boolean isReady,
        boolean isTerminating,
        Details details) {

    /** One of which no details are known. */
    public PodState(
            String name,
            String uid,
            String containerId,
            int restarts,
            OptionalInt exitCode,
            String revision,
            boolean isReady,
            boolean isTerminating) {
        this(name, uid, containerId, restarts, exitCode, revision, isReady, isTerminating, Details.NONE);
    }

    static PodState of(Pod pod, ServerContainer which) {
        Container server = which.in(pod);
        Optional<ContainerStatus> container = Optional.ofNullable(pod.getStatus())
                .map(PodStatus::getContainerStatuses)
                .flatMap(statuses -> statusOf(server, statuses));
        return new PodState(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                container.map(ContainerStatus::getContainerID).orElse(""),
                container.map(ContainerStatus::getRestartCount).orElse(0),
                container.map(PodState::exitCode).orElse(OptionalInt.empty()),
                Optional.ofNullable(pod.getMetadata().getLabels())
                        .map(labels -> labels.getOrDefault("controller-revision-hash", labels.get(Generation.HASH)))
                        .orElse(""),
                isReady(pod),
                pod.getMetadata().getDeletionTimestamp() != null,
                Details.of(pod, server, container));
    }

    /**
     * Whether the server that an earlier look at this pod showed has ended. A pod goes on to tell how the server before that one ended, as long as
     * this one runs.
     */
    public boolean hasEndedSince(PodState earlier) {
        return restarts > earlier.restarts || (exitCode.isPresent() && !details.isRunning());
    }

    /** Statuses are sorted by name, so that the first one may well be that of a sidecar. */
    private static Optional<ContainerStatus> statusOf(Container server, List<ContainerStatus> statuses) {
        return statuses.stream()
                .filter(status -> status.getName().equals(server.getName()))
                .findFirst();
    }

    private static OptionalInt exitCode(ContainerStatus container) {
        for (ContainerState state : states(container).toList()) {
            ContainerStateTerminated terminated = state.getTerminated();
            if (terminated != null && terminated.getExitCode() != null) {
                return OptionalInt.of(terminated.getExitCode());
            }
        }
        return OptionalInt.empty();
    }

    static Stream<ContainerState> states(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState()).filter(Objects::nonNull);
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
