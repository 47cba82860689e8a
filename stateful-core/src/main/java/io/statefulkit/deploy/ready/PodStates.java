package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.watch.Pods;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says in a few words what pods and their containers are doing. */
final class PodStates {

    private PodStates() {}

    /** Returns for what the first pod that is not ready waits, as the end of a sentence; may be empty. */
    static String waitingFor(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> !Pods.ready(pod))
                .map(pod -> ": " + Pods.name(pod) + " is " + Pods.phase(pod) + containers(pod))
                .findFirst()
                .orElse("");
    }

    private static String containers(Pod pod) {
        String states = Pods.containers(pod).stream()
                .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                .map(container -> container.getName() + " " + of(container))
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? "" : " (" + states + ")";
    }

    private static String of(ContainerStatus container) {
        ContainerState state = container.getState();
        if (state == null) {
            return "waiting";
        }
        if (state.getWaiting() != null) {
            return Objects.requireNonNullElse(state.getWaiting().getReason(), "waiting");
        }
        if (state.getTerminated() != null) {
            return "exited with " + state.getTerminated().getExitCode();
        }
        return Boolean.TRUE.equals(container.getReady()) ? "ready" : "running, not ready";
    }
}
