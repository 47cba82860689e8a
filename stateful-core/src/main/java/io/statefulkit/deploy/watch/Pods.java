package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.statefulkit.internal.Marks;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads pods. */
@NotApi
public final class Pods {

    private Pods() {}

    /** Returns the name of a pod. */
    public static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    /** Returns the uid of a pod, which no other pod ever has. */
    public static String uid(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getUid(), "");
    }

    /** Tells whether somebody has asked for the end of the pod. */
    public static boolean terminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Tells whether the pod has ended for good: phase {@code Succeeded} or {@code Failed}. */
    public static boolean ended(Pod pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Returns the phase, {@code Pending} when the pod has no status yet. */
    public static String phase(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getPhase).orElse("Pending");
    }

    /** Tells whether the pod runs, is ready and is not on its way out. */
    public static boolean ready(Pod pod) {
        return !terminating(pod)
                && phase(pod).equals("Running")
                && condition(pod, "Ready")
                        .map(ready -> ready.getStatus().equals("True"))
                        .orElse(false);
    }

    /** Returns a condition of a pod. */
    public static Optional<PodCondition> condition(Pod pod, String type) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** Returns the states of all containers, init containers first. */
    public static List<ContainerStatus> containers(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).stream()
                .flatMap(status -> Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream()))
                .toList();
    }

    /** Returns the value of a label, empty when the pod has no such label. */
    public static String label(Pod pod, String key) {
        return Marks.labels(pod.getMetadata()).getOrDefault(key, "");
    }

    /** Tells whether a node was chosen for the pod, which needs its claims to be bound. */
    public static boolean scheduled(Pod pod) {
        return Optional.ofNullable(pod.getSpec()).map(PodSpec::getNodeName).isPresent();
    }

    /** Returns the names of the claims that its volumes are of. */
    public static List<String> claims(Pod pod) {
        return Optional.ofNullable(pod.getSpec()).stream()
                .flatMap(spec -> spec.getVolumes().stream())
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .toList();
    }

    /** Returns the number at the end of the name of a pod of a StatefulSet. */
    public static OptionalInt ordinal(Pod pod) {
        String name = name(pod);
        String digits = name.substring(name.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
