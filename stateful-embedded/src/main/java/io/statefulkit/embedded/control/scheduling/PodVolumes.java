package io.statefulkit.embedded.control.scheduling;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.control.volume.Binding;
import io.statefulkit.embedded.control.volume.Claims;
import io.statefulkit.embedded.control.volume.Matching;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The volumes that a pod needs before it can go to a node. */
final class PodVolumes {

    private final Cluster cluster;
    private final List<Resource> waiting = new ArrayList<>();
    private final List<Resource> bound = new ArrayList<>();
    private final Set<String> exclusive = new HashSet<>();
    private Optional<String> problem = Optional.empty();
    private Optional<List<Resource>> free = Optional.empty();

    PodVolumes(Cluster cluster, Resource pod) {
        this.cluster = cluster;
        for (String name : new TreeSet<>(Claims.of(pod))) {
            if (problem.isEmpty()) {
                look(pod, name);
            }
        }
    }

    /** Why the pod cannot be scheduled at all. */
    Optional<String> problem() {
        return problem;
    }

    /** What keeps the volumes that there are, and those that would have to be there, from a node. */
    List<Obstacle> obstacles(Resource node) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!bound.stream().allMatch(volume -> Matching.reachable(volume, node))) {
            obstacles.add(Obstacle.ofNode("node(s) didn't match PersistentVolume's node affinity"));
        }
        Map<Resource, Resource> matches = matches(node);
        if (waiting.stream()
                .anyMatch(claim -> !Claims.bound(claim) && !matches.containsKey(claim) && !provisions(claim))) {
            obstacles.add(Obstacle.ofNode("node(s) didn't find available persistent volumes to bind"));
        }
        return obstacles;
    }

    /** The names of those claims that only one pod of the whole cluster may use. */
    Set<String> exclusive() {
        return exclusive;
    }

    /** The nodes for which claims are being bound already. */
    Set<String> selected() {
        Set<String> nodes = new HashSet<>();
        waiting.forEach(claim -> nodes.add(claim.annotation(Claims.SELECTED_NODE)));
        return nodes;
    }

    /** Whether all claims are bound. */
    boolean ready() {
        return waiting.isEmpty();
    }

    /**
     * Has the claims that wait for their first consumer bound or provisioned for a node.
     *
     * @return false when there is no volume for one of them and nobody provisions one
     */
    boolean selectNode(Resource node) {
        Map<Resource, Resource> matches = matches(node);
        for (Resource claim : waiting) {
            Optional<Resource> match = Optional.ofNullable(matches.get(claim));
            if (match.isPresent()) {
                new Binding(cluster).reserve(match.get(), claim);
            } else if (!provisions(claim)) {
                return false;
            } else if (!claim.annotation(Claims.SELECTED_NODE).equals(node.name())) {
                cluster.edit(
                        ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                        claim,
                        current -> Trees.annotate(current, Claims.SELECTED_NODE, node.name()));
            }
        }
        return true;
    }

    /** Returns which volume each waiting claim would get on a node, the smallest claim first: no two get the same. */
    private Map<Resource, Resource> matches(Resource node) {
        Map<Resource, Resource> matches = new HashMap<>();
        if (waiting.isEmpty()) {
            return matches;
        }
        if (free.isEmpty()) {
            free = Optional.of(cluster.list(ResourceCatalog.PERSISTENT_VOLUMES, ""));
        }
        List<Resource> left = new ArrayList<>(free.get());
        waiting.stream().sorted(Comparator.comparing(Claims::requested)).forEach(claim -> {
            Optional<Resource> match = Matching.find(claim, left, Optional.of(node));
            match.ifPresent(volume -> {
                matches.put(claim, volume);
                left.remove(volume);
            });
        });
        return matches;
    }

    private void look(Resource pod, String name) {
        boolean ephemeral = Claims.ephemeral(pod, name);
        Optional<Resource> found = cluster.find(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, pod.namespace(), name);
        if (found.isEmpty()) {
            problem = Optional.of(
                    ephemeral
                            ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + name
                                    + "\""
                            : "persistentvolumeclaim \"" + name + "\" not found");
            return;
        }
        Resource claim = found.get();
        if (claim.status().path("phase").asText("").equals("Lost")) {
            problem = Optional.of("persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                    + Claims.volume(claim) + "\"");
        } else if (claim.deleting()) {
            problem = Optional.of("persistentvolumeclaim \"" + name + "\" is being deleted");
        } else if (ephemeral) {
            problem = Claims.notOf(pod, claim);
        }
        if (problem.isEmpty()) {
            use(claim);
        }
    }

    private void use(Resource claim) {
        if (Claims.exclusive(claim)) {
            exclusive.add(claim.name());
        }
        if (Claims.bound(claim)) {
            cluster.find(ResourceCatalog.PERSISTENT_VOLUMES, "", Claims.volume(claim))
                    .ifPresent(bound::add);
            if (!claim.status().path("phase").asText("").equals("Bound")) {
                waiting.add(claim);
            }
        } else if (waitsForConsumer(claim)) {
            waiting.add(claim);
        } else {
            problem = Optional.of("pod has unbound immediate PersistentVolumeClaims");
        }
    }

    private boolean waitsForConsumer(Resource claim) {
        return storageClass(claim)
                .filter(found ->
                        found.json().path("volumeBindingMode").asText("").equals("WaitForFirstConsumer"))
                .isPresent();
    }

    private boolean provisions(Resource claim) {
        return storageClass(claim)
                .filter(found -> !found.json().path("provisioner").asText("").equals("kubernetes.io/no-provisioner"))
                .isPresent();
    }

    private Optional<Resource> storageClass(Resource claim) {
        return cluster.find(ResourceCatalog.STORAGE_CLASSES, "", Claims.storageClass(claim));
    }
}
