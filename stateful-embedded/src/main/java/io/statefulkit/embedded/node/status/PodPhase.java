package io.statefulkit.embedded.node.status;

import java.util.List;

/** Computes the phase of a pod. */
final class PodPhase {

    private PodPhase() {}

    /** The phase that is written: it is terminal only when the node is done with the pod. */
    static String of(PodRecord pod) {
        if (!pod.finished()) {
            String phase = fromContainers(pod);
            return phase.equals("Succeeded") || phase.equals("Failed") ? beforeTheEnd(pod) : phase;
        }
        boolean allFine = pod.reason().isEmpty()
                && pod.failedInit().isEmpty()
                && pod.of(Role.MAIN).stream().allMatch(ContainerRecord::succeeded);
        return allFine ? "Succeeded" : "Failed";
    }

    /** The phase that the containers by themselves amount to; conditions speak of it a moment before it is final. */
    static String fromContainers(PodRecord pod) {
        if (pod.finished()) {
            return of(pod);
        }
        boolean late = pod.reason().equals("DeadlineExceeded");
        if (late || (pod.failedInit().isPresent() && pod.restartPolicy().equals("Never"))) {
            return "Failed";
        }
        List<ContainerRecord> mains = pod.of(Role.MAIN);
        if (!pod.initialized() || mains.stream().anyMatch(ContainerRecord::neverRan)) {
            return "Pending";
        }
        boolean allEnded = mains.stream().allMatch(main -> main.terminated().isPresent());
        if (!allEnded || pod.restartPolicy().equals("Always")) {
            return "Running";
        }
        if (mains.stream().allMatch(ContainerRecord::succeeded)) {
            return "Succeeded";
        }
        return pod.restartPolicy().equals("Never") ? "Failed" : "Running";
    }

    private static String beforeTheEnd(PodRecord pod) {
        return pod.of(Role.MAIN).stream().anyMatch(ContainerRecord::neverRan) ? "Pending" : "Running";
    }
}
