package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is wrong with one container: its image cannot be had, it cannot be set up, or it keeps ending. */
final class ContainerTroubles {

    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "RegistryUnavailable");
    private static final Set<String> CONFIG =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PostStartHookError");

    private static final Duration LONG_RUN = Duration.ofMinutes(10);

    private ContainerTroubles() {}

    static Optional<Trouble> of(Pod pod, ContainerStatus container) {
        ContainerState state = container.getState();
        ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
        String reason = waiting == null ? "" : Objects.requireNonNullElse(waiting.getReason(), "");
        String message = waiting == null ? "" : Objects.requireNonNullElse(waiting.getMessage(), "");
        if (IMAGE.contains(reason)) {
            return Optional.of(trouble(
                    pod,
                    container,
                    reason,
                    message,
                    "the image " + container.getImage()
                            + " cannot be had: check its name and tag, or the access to its registry"));
        }
        if (CONFIG.contains(reason)) {
            return Optional.of(trouble(
                    pod,
                    container,
                    reason,
                    message,
                    "the container cannot be set up: create or correct what the message names"));
        }
        return crash(pod, container, reason);
    }

    private static Optional<Trouble> crash(Pod pod, ContainerStatus container, String reason) {
        int restarts = Objects.requireNonNullElse(container.getRestartCount(), 0);
        ContainerState last = container.getLastState();
        ContainerStateTerminated end = last == null ? null : last.getTerminated();
        boolean again = end != null
                && !Objects.equals(end.getExitCode(), 0)
                && restarts >= 2
                && !ranForLong(end)
                && !wasReady(pod, container);
        if (!reason.equals("CrashLoopBackOff") && !again) {
            return Optional.empty();
        }
        String how = end == null
                ? "it ended " + restarts + " times"
                : "it ended " + restarts + " times, last with exit code " + end.getExitCode() + ", reason "
                        + end.getReason();
        String advice = end != null && "OOMKilled".equals(end.getReason())
                ? "the container needs more memory than its limit: raise the limit (rule LC07)"
                : "the program ends by itself: its last log lines say why";
        return Optional.of(trouble(pod, container, reason.isEmpty() ? "keeps ending" : reason, how, advice));
    }

    /** A kubelet forgets how often a container has ended, too, when it ran for so long. */
    private static boolean ranForLong(ContainerStateTerminated end) {
        return end.getStartedAt() != null
                && end.getFinishedAt() != null
                && Duration.between(Instant.parse(end.getStartedAt()), Instant.parse(end.getFinishedAt()))
                                .compareTo(LONG_RUN)
                        >= 0;
    }

    /** Tells whether the pod has been ready since the container started: then it is only not ready for a moment. */
    private static boolean wasReady(Pod pod, ContainerStatus container) {
        Optional<Instant> started = Optional.ofNullable(container.getState())
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse);
        Optional<Instant> unready = Pods.condition(pod, "Ready")
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse);
        return started.isPresent() && unready.filter(started.get()::isBefore).isPresent();
    }

    private static Trouble trouble(Pod pod, ContainerStatus container, String reason, String message, String advice) {
        return new Trouble("pod " + Pods.name(pod), Optional.of(container.getName()), reason, message, advice);
    }
}
