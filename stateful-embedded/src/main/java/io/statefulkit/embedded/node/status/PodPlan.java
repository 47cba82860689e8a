package io.statefulkit.embedded.node.status;

import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what the node does next for a pod that is not being deleted. Pure. */
public final class PodPlan {

    private PodPlan() {}

    /** One thing to do. */
    public sealed interface Step {}

    /**
     * Start a container, for the first time or again.
     *
     * @param container its name
     */
    public record Start(String container) implements Step {}

    /**
     * Wait before a container is started again.
     *
     * @param container its name
     * @param until when that is
     */
    public record Wait(String container, Instant until) implements Step {}

    /** All is over: stop the sidecars, and the pod is finished. */
    public record Finish() implements Step {}

    /** Returns what to do now; empty when the next thing has to happen by itself. */
    public static List<Step> next(PodRecord pod, Instant now) {
        List<Step> steps = new ArrayList<>();
        boolean mainRan = pod.of(Role.MAIN).stream().anyMatch(main -> !main.neverRan());
        for (ContainerRecord init : pod.of(Role.INIT, Role.SIDECAR)) {
            if (init.role() == Role.SIDECAR) {
                if (!init.running()) {
                    steps.add(startOrWait(init, now));
                }
                if (!init.started() && !mainRan) {
                    return steps;
                }
            } else if (!mainRan && !init.succeeded()) {
                firstOpenInit(pod, init, now).ifPresent(steps::add);
                return steps;
            }
        }
        List<ContainerRecord> mains = pod.of(Role.MAIN);
        if (mains.stream().allMatch(main -> isOver(pod, main))) {
            return List.of(new Finish());
        }
        for (ContainerRecord main : mains) {
            if (!main.running() && !isOver(pod, main)) {
                steps.add(startOrWait(main, now));
            }
        }
        return steps;
    }

    private static Optional<Step> firstOpenInit(PodRecord pod, ContainerRecord init, Instant now) {
        if (init.running()) {
            return Optional.empty();
        }
        boolean failed = init.terminated().isPresent();
        return Optional.of(failed && pod.restartPolicy().equals("Never") ? new Finish() : startOrWait(init, now));
    }

    private static Step startOrWait(ContainerRecord container, Instant now) {
        return now.isBefore(container.notBefore())
                ? new Wait(container.name(), container.notBefore())
                : new Start(container.name());
    }

    private static boolean isOver(PodRecord pod, ContainerRecord main) {
        Optional<Terminated> ended = main.terminated();
        if (ended.isEmpty()) {
            return false;
        }
        return switch (pod.restartPolicy()) {
            case "Never" -> true;
            case "OnFailure" -> ended.get().exitCode() == 0;
            default -> false;
        };
    }
}
