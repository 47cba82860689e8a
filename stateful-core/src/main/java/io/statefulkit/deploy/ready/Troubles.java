package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what keeps a workload from becoming ready; pure functions. */
@NotApi
public final class Troubles {

    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "RegistryUnavailable");
    private static final Set<String> CONFIG =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PostStartHookError");
    /** Reasons of events which no state of a pod shows. */
    private static final Map<String, String> EVENTS = Map.of(
            "FailedCreate",
            "the controller may not create pods: check the quota of the namespace, admission rules and the service"
                    + " account",
            "ProvisioningFailed",
            "no volume can be provisioned: check the storage class of the claim and its provisioner",
            "FailedBinding",
            "the claim cannot be bound: name a storage class that exists, or create a matching volume");

    private static final Duration OVERDUE = Duration.ofMinutes(1);
    private static final Duration LONG_RUN = Duration.ofMinutes(10);

    private Troubles() {}

    /** Returns everything that is wrong, the pods first. */
    public static List<Trouble> in(WorkloadState state) {
        List<Trouble> found = new ArrayList<>();
        for (Pod pod : state.livePods()) {
            if (!Pods.ready(pod)) {
                unschedulable(pod).filter(trouble -> !isUnbound(trouble)).ifPresent(found::add);
                Pods.containers(pod)
                        .forEach(container -> of(pod, container)
                                .map(trouble -> isOld(pod, state) ? old(trouble) : trouble)
                                .ifPresent(found::add));
            }
        }
        if (state.livePods().stream().filter(Pods::ready).count()
                < state.workload().map(workload -> workload.counts().wanted()).orElse(1)) {
            state.events().stream()
                    .filter(event -> holdsUp(event, state))
                    .flatMap(event -> of(event).stream())
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * Returns the pods that wait for a volume. It may be on its way, so this is told and is no reason to give up: what goes
     * wrong with a volume has an event of its own.
     */
    static List<Trouble> unbound(WorkloadState state) {
        return state.livePods().stream()
                .flatMap(pod -> unschedulable(pod).stream())
                .filter(Troubles::isUnbound)
                .toList();
    }

    private static boolean isUnbound(Trouble trouble) {
        return trouble.detail().contains("unbound immediate PersistentVolumeClaims");
    }

    /**
     * Returns the pods whose end is overdue: a node that is lost never confirms it. Waiting may still help, so this is told and
     * is no reason to give up.
     */
    static List<Trouble> overdue(WorkloadState state, Instant now) {
        return state.pods().stream()
                .filter(pod -> Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                        .filter(end -> Instant.parse(end).plus(OVERDUE).isBefore(now))
                        .isPresent())
                .map(pod -> new Trouble(
                        "pod " + Pods.name(pod),
                        Optional.empty(),
                        "Terminating",
                        "it should have ended at " + pod.getMetadata().getDeletionTimestamp(),
                        "look at its node: if that is gone for good, taint it with"
                                + " node.kubernetes.io/out-of-service=nodeshutdown:NoExecute, which frees pod and volumes;"
                                + " do not force the deletion, since its containers may still run and write"))
                .toList();
    }

    private static boolean isOld(Pod pod, WorkloadState state) {
        String newest = state.workload()
                .map(workload -> workload.rollout().updateRevision())
                .orElse("");
        String own = Pods.label(pod, "controller-revision-hash");
        return !newest.isEmpty() && !own.isEmpty() && !own.equals(newest);
    }

    /** The controller waits for such a pod before it replaces it, so a better revision alone does not help. */
    private static Trouble old(Trouble trouble) {
        return new Trouble(
                trouble.object(),
                trouble.container(),
                trouble.reason(),
                trouble.detail(),
                trouble.advice() + "; the pod is not of the newest revision any more, but the controller waits for it:"
                        + " repairRollout() of the handle lets the newest one take its place");
    }

    /** Returns for what the first pod that is not ready waits, as the end of a sentence; may be empty. */
    static String waitingFor(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> !Pods.ready(pod))
                .map(pod -> ": " + Pods.name(pod) + " is " + Pods.phase(pod) + states(pod))
                .findFirst()
                .orElse("");
    }

    private static String states(Pod pod) {
        String states = Pods.containers(pod).stream()
                .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                .map(container -> container.getName() + " " + state(container))
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? "" : " (" + states + ")";
    }

    /** Returns the state of a container in a few words. */
    static String state(ContainerStatus container) {
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

    private static Optional<Trouble> unschedulable(Pod pod) {
        return Pods.condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
                .map(scheduled -> new Trouble(
                        "pod " + Pods.name(pod),
                        Optional.empty(),
                        "Unschedulable",
                        Objects.requireNonNullElse(scheduled.getMessage(), ""),
                        "no node can run the pod: lower its requests, free a node, or check its claims, node"
                                + " selector and taints"));
    }

    private static Optional<Trouble> of(Pod pod, ContainerStatus container) {
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

    /** An event stays for an hour, so what it tells counts only until what it is about has come. */
    private static boolean holdsUp(Event event, WorkloadState state) {
        ObjectReference about = event.getInvolvedObject();
        return switch (about == null ? "" : Objects.requireNonNullElse(about.getKind(), "")) {
            case "StatefulSet", "ReplicaSet" -> podsAreMissing(state) && noPodCameAfter(event, state);
            case "PersistentVolumeClaim" ->
                state.livePods().stream()
                        .filter(pod -> Pods.claims(pod).contains(about.getName()))
                        .noneMatch(Pods::scheduled);
            default -> false;
        };
    }

    private static boolean podsAreMissing(WorkloadState state) {
        return state.workload()
                .filter(workload -> state.livePods().size() >= workload.counts().wanted())
                .isEmpty();
    }

    private static boolean noPodCameAfter(Event event, WorkloadState state) {
        Optional<Instant> told = Evidence.time(event);
        return state.livePods().stream()
                .map(pod -> pod.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .noneMatch(made -> told.filter(made::isAfter).isPresent());
    }

    private static Optional<Trouble> of(Event event) {
        return Optional.ofNullable(EVENTS.get(Objects.requireNonNullElse(event.getReason(), "")))
                .map(advice -> new Trouble(
                        event.getInvolvedObject().getKind() + " "
                                + event.getInvolvedObject().getName(),
                        Optional.empty(),
                        event.getReason(),
                        Objects.requireNonNullElse(event.getMessage(), ""),
                        advice));
    }
}
