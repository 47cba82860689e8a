package io.statefulkit.samples.stage;

import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The nodes of a cluster; none where they may not be listed. */
record Nodes(List<Node> all) {

    private static final String EMBEDDED = "statefulkit.io/isolation";
    private static final String HOST_NAME = "kubernetes.io/hostname";
    private static final String OS = "kubernetes.io/os";
    private static final Set<String> KEEPING_PODS_OFF = Set.of("NoSchedule", "NoExecute");

    boolean embedded() {
        return all.stream().anyMatch(node -> labels(node).containsKey(EMBEDDED));
    }

    /** The host name of one that takes pods, always the same of several. */
    Optional<String> host() {
        return all.stream()
                .filter(Nodes::takesPods)
                .flatMap(node -> Optional.ofNullable(labels(node).get(HOST_NAME)).stream())
                .sorted()
                .findFirst();
    }

    private static boolean takesPods(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && labels(node).getOrDefault(OS, "linux").equals("linux")
                && node.getSpec().getTaints().stream().noneMatch(taint -> KEEPING_PODS_OFF.contains(taint.getEffect()));
    }

    /** Whether one of them has this image already. */
    boolean have(String image) {
        return all.stream()
                .flatMap(node -> node.getStatus().getImages().stream())
                .flatMap(known -> known.getNames().stream())
                .anyMatch(name -> name.equals(image) || name.endsWith("/" + image));
    }

    private static Map<String, String> labels(Node node) {
        return Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
    }
}
