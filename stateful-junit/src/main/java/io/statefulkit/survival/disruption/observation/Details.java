package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * More about one pod at one time, for disruptions that ask for it. Texts are empty where the cluster says nothing.
 *
 * @param node the node it is on
 * @param image the image of its server, as its specification names it
 * @param imageId the identity of the image that runs
 * @param isRunning whether its container runs now, ready or not
 * @param isUnschedulable whether no node takes it at the moment
 * @param endReason why its container ended, the last time it did
 * @param isPrimary whether one of its labels says that it is the one of its group that takes writes
 */
public record Details(
        String node,
        String image,
        String imageId,
        boolean isRunning,
        boolean isUnschedulable,
        String endReason,
        boolean isPrimary) {

    /** By which operators and charts tell it. */
    private static final List<String> ROLES =
            List.of("role", "app.kubernetes.io/role", "cnpg.io/instanceRole", "spilo-role", "redis-role");

    private static final Set<String> PRIMARY = Set.of("primary", "master", "leader");

    /** Those of a pod that no label calls a primary. */
    public Details(
            String node, String image, String imageId, boolean isRunning, boolean isUnschedulable, String endReason) {
        this(node, image, imageId, isRunning, isUnschedulable, endReason, false);
    }

    /** Nothing is known. */
    public static final Details NONE = new Details("", "", "", false, false, "");

    /** Those of a pod, of its server, and of what its status says about that. */
    public static Details of(Pod pod, Container server, Optional<ContainerStatus> container) {
        return new Details(
                Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
                Objects.requireNonNullElse(server.getImage(), ""),
                container.map(ContainerStatus::getImageID).orElse(""),
                container
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getRunning)
                        .isPresent(),
                isUnschedulable(pod),
                container.map(Details::endReason).orElse(""),
                isPrimary(Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of())));
    }

    private static boolean isPrimary(Map<String, String> labels) {
        return ROLES.stream().anyMatch(role -> PRIMARY.contains(labels.getOrDefault(role, "")));
    }

    private static boolean isUnschedulable(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()));
    }

    private static String endReason(ContainerStatus container) {
        return PodState.states(container)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .map(ended -> ended.getReason())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
