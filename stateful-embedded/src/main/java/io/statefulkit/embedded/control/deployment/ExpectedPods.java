package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many pods there should be, as whoever controls them says.
 *
 * @param count how many
 * @param unmanaged the pods that stand alone: nobody says how many of those there should be
 * @param problem why they cannot be counted
 */
record ExpectedPods(int count, List<String> unmanaged, Optional<String> problem) {

    /** Whose size tells how many pods there should be. */
    private static final Set<ResourceType> SCALED =
            Set.of(ResourceCatalog.STATEFUL_SETS, ResourceCatalog.REPLICA_SETS, ResourceCatalog.DEPLOYMENTS);

    ExpectedPods {
        unmanaged = List.copyOf(unmanaged);
    }

    static ExpectedPods of(List<Resource> pods, Cluster cluster) {
        Map<String, Integer> sizes = new HashMap<>();
        List<String> unmanaged = new ArrayList<>();
        for (Resource pod : pods) {
            Optional<OwnerRef> owner = pod.controller();
            if (owner.isEmpty()) {
                unmanaged.add(pod.name());
                continue;
            }
            Optional<Resource> set = find(cluster, pod.namespace(), owner.get());
            if (set.isEmpty()) {
                return new ExpectedPods(0, unmanaged, Optional.of(problem(cluster, pod, owner.get())));
            }
            Resource scaled = set.get()
                    .controller()
                    .flatMap(ref -> find(cluster, pod.namespace(), ref))
                    .orElse(set.get());
            sizes.put(scaled.uid(), scaled.spec().path("replicas").asInt(1));
        }
        int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
        return new ExpectedPods(sum, unmanaged, Optional.empty());
    }

    private static Optional<Resource> find(Cluster cluster, String namespace, OwnerRef ref) {
        return cluster.api()
                .catalog()
                .ofKind(ref.apiVersion(), ref.kind())
                .filter(SCALED::contains)
                .flatMap(type -> cluster.find(type, namespace, ref.name()))
                .filter(owner -> owner.uid().equals(ref.uid()));
    }

    private static String problem(Cluster cluster, Resource pod, OwnerRef owner) {
        return cluster.api()
                .catalog()
                .ofKind(owner.apiVersion(), owner.kind())
                .filter(type -> !SCALED.contains(type))
                .map(type -> type.qualified() + " does not implement the scale subresource")
                .orElse("found no controllers for pod \"" + pod.name() + "\"");
    }
}
