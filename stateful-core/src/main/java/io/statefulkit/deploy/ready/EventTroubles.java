package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is wrong that no state of a pod shows, since there is no pod, or no volume for it: only events tell. */
final class EventTroubles {

    private static final Map<String, String> ADVICE = Map.of(
            "FailedCreate",
            "the controller may not create pods: check the quota of the namespace, admission rules and the service"
                    + " account",
            "ProvisioningFailed",
            "no volume can be provisioned: check the storage class of the claim and its provisioner",
            "FailedBinding",
            "the claim cannot be bound: name a storage class that exists, or create a matching volume");

    private EventTroubles() {}

    static List<Trouble> in(WorkloadState state) {
        long ready = state.livePods().stream().filter(Pods::ready).count();
        if (ready
                >= state.workload().map(workload -> workload.counts().wanted()).orElse(1)) {
            return List.of();
        }
        return state.events().stream()
                .filter(event -> holdsUp(event, state))
                .flatMap(event -> of(event).stream())
                .toList();
    }

    /** An event stays for an hour, so what it tells counts only until what it is about has come. */
    private static boolean holdsUp(Event event, WorkloadState state) {
        ObjectReference about = event.getInvolvedObject();
        if (about == null) {
            return false;
        }
        return switch (Objects.requireNonNullElse(about.getKind(), "")) {
            case "StatefulSet" -> isOfThis(about, state) && podsAreMissing(state) && noPodCameAfter(event, state);
            case "ReplicaSet" -> podsAreMissing(state) && noPodCameAfter(event, state);
            case "PersistentVolumeClaim" ->
                state.livePods().stream()
                        .filter(pod -> Pods.claims(pod).contains(about.getName()))
                        .noneMatch(Pods::scheduled);
            default -> false;
        };
    }

    /** Events outlive what they are about: a set of the same name may have been there before. */
    private static boolean isOfThis(ObjectReference about, WorkloadState state) {
        return about.getUid() == null
                || state.workload()
                        .filter(workload -> !workload.uid().equals(about.getUid()))
                        .isEmpty();
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
        return Optional.ofNullable(ADVICE.get(Objects.requireNonNullElse(event.getReason(), "")))
                .map(advice -> new Trouble(
                        event.getInvolvedObject().getKind() + " "
                                + event.getInvolvedObject().getName(),
                        Optional.empty(),
                        event.getReason(),
                        Objects.requireNonNullElse(event.getMessage(), ""),
                        advice));
    }
}
