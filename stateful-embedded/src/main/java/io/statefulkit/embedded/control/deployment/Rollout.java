package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One pass over a deployment. */
final class Rollout {

    private static final ResourceType SETS = ResourceCatalog.REPLICA_SETS;

    private final Cluster cluster;
    private DeploymentSpec spec;
    private NewReplicaSet template;
    private Replicas sets;

    Rollout(Cluster cluster, DeploymentSpec spec, List<Resource> sets) {
        this.cluster = cluster;
        this.spec = spec;
        this.template = new NewReplicaSet(spec);
        this.sets = template.sort(sets);
    }

    /** Takes the next step; returns when to look again although nothing changed. */
    Optional<Duration> run() {
        if (spec.deployment().deleting()) {
            write(new DeploymentStatus(spec, sets, cluster.now()).still());
            return Optional.empty();
        }
        pauseConditions();
        if (spec.paused() || plan().scales()) {
            if (sets.current().isPresent()) {
                ensureCurrent();
            }
            resize(plan().scale());
            if (spec.paused()) {
                forgetOld();
            }
            write(new DeploymentStatus(spec, sets, cluster.now()).still());
            return Optional.empty();
        }
        boolean moved = spec.recreate() ? recreate() : roll();
        DeploymentStatus status = new DeploymentStatus(spec, sets, cluster.now());
        if (!moved && status.complete()) {
            forgetOld();
        }
        write(status.rollout());
        return status.deadlineIn();
    }

    private void forgetOld() {
        template.beyondHistory(sets).forEach(set -> cluster.delete(SETS, set));
    }

    private boolean roll() {
        ensureCurrent();
        int size = plan().currentSize();
        boolean grows =
                sets.current().filter(set -> Replicas.wanted(set) != size).isPresent();
        return grows ? resize(Map.of(sets.current().orElseThrow().name(), size)) : shrink();
    }

    /** What is broken goes first, and is told of by itself. */
    private boolean shrink() {
        if (plan().roomBelow() <= 0) {
            return false;
        }
        boolean changed = resize(plan().dropBroken());
        return resize(plan().dropOld()) || changed;
    }

    private boolean recreate() {
        if (sets.current().isPresent()) {
            ensureCurrent();
        }
        if (resize(plan().stopOld())) {
            return true;
        }
        if (oldPodsLeft()) {
            return false;
        }
        ensureCurrent();
        return resize(Map.of(sets.current().orElseThrow().name(), spec.replicas()));
    }

    /** Returns whether a pod has no process any more, though its object may still be there. */
    static boolean gone(Resource pod) {
        return Pods.terminal(pod);
    }

    private boolean oldPodsLeft() {
        Set<String> old = sets.old().stream().map(Resource::uid).collect(Collectors.toSet());
        return cluster.list(ResourceCatalog.PODS, spec.deployment().namespace()).stream()
                .filter(pod -> !gone(pod))
                .anyMatch(pod -> pod.controller()
                        .filter(owner -> old.contains(owner.uid()))
                        .isPresent());
    }

    private RolloutPlan plan() {
        return new RolloutPlan(spec, sets);
    }

    /** Finds or makes the replica set of the template, and numbers it as the newest. */
    private void ensureCurrent() {
        long revision = template.revision(sets);
        if (sets.current().isPresent()) {
            Resource current = sets.current().get();
            replace(cluster.edit(SETS, current, set -> {
                template.annotate(set, revision, false);
                if (spec.minReadySeconds() > 0) {
                    Json.child(set, "spec").put("minReadySeconds", spec.minReadySeconds());
                } else {
                    Json.child(set, "spec").remove("minReadySeconds");
                }
            }));
            long now = sets.current().map(NewReplicaSet::revisionOf).orElse(revision);
            announce(now, "FoundNewReplicaSet", "Found new replica set \"" + current.name() + "\"", false);
            return;
        }
        Resource created = create(revision);
        announce(revision, "NewReplicaSetCreated", "Created new replica set \"" + created.name() + "\"", true);
    }

    private Resource create(long revision) {
        int size = plan().currentSize();
        ObjectNode body = template.body(sets, size);
        Resource created;
        try {
            created = cluster.create(SETS, spec.deployment().namespace(), body);
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                collide();
            } else {
                announce(
                        revision, "ReplicaSetCreateError", "Failed to create new replica set: " + e.getMessage(), true);
            }
            throw e;
        }
        sets = new Replicas(Optional.of(created), sets.old());
        if (size > 0) {
            event("up", created.name(), 0, size);
        }
        return created;
    }

    /** Another replica set has that name: the next try uses another hash. */
    private void collide() {
        cluster.editStatus(ResourceCatalog.DEPLOYMENTS, spec.deployment(), deployment -> {
            ObjectNode status = Trees.status(deployment);
            status.put("collisionCount", status.path("collisionCount").asInt(0) + 1);
        });
    }

    /** Writes the revision and, when a rollout begins, how; as the first thing that clients see of it. */
    private void announce(long revision, String reason, String message, boolean isNew) {
        Resource deployment = spec.deployment();
        boolean numbered = deployment.annotation(NewReplicaSet.REVISION).equals(Long.toString(revision));
        boolean said = !deployment.condition(DeploymentConditions.PROGRESSING).isMissingNode() && !isNew;
        if (numbered && (said || spec.progressDeadline().isEmpty())) {
            return;
        }
        editStatus(current -> {
            Trees.annotate(current, NewReplicaSet.REVISION, Long.toString(revision));
            if (!said && spec.progressDeadline().isPresent()) {
                DeploymentConditions conditions = new DeploymentConditions(new Resource(current), cluster.now());
                String status = reason.equals("ReplicaSetCreateError") ? "False" : "True";
                conditions.set(DeploymentConditions.PROGRESSING, status, reason, message);
                Trees.status(current).set("conditions", conditions.list());
            }
        });
    }

    /** Changes the status and goes on with what is stored then. */
    private void editStatus(Consumer<ObjectNode> change) {
        cluster.editStatus(ResourceCatalog.DEPLOYMENTS, spec.deployment(), change)
                .ifPresent(now -> {
                    spec = new DeploymentSpec(now);
                    template = new NewReplicaSet(spec);
                });
    }

    private boolean resize(Map<String, Integer> sizes) {
        boolean changed = false;
        for (Resource set : sets.all()) {
            Integer size = sizes.get(set.name());
            int before = Replicas.wanted(set);
            if (size == null || size == before) {
                if (size != null || plan().scales()) {
                    replace(cluster.edit(SETS, set, template::annotateSizes));
                }
                continue;
            }
            replace(cluster.edit(SETS, set, current -> {
                Json.child(current, "spec").put("replicas", size);
                template.annotateSizes(current);
            }));
            event(size > before ? "up" : "down", set.name(), before, size);
            changed = true;
        }
        return changed;
    }

    private void replace(Optional<Resource> changed) {
        changed.ifPresent(now -> {
            List<Resource> all = new ArrayList<>(sets.all());
            all.replaceAll(set -> set.uid().equals(now.uid()) ? now : set);
            sets = template.sort(all);
        });
    }

    private void event(String direction, String set, int from, int to) {
        cluster.events()
                .normal(
                        spec.deployment(),
                        "ScalingReplicaSet",
                        "Scaled " + direction + " replica set " + set + " from " + from + " to " + to);
    }

    private void pauseConditions() {
        String reason = spec.deployment()
                .condition(DeploymentConditions.PROGRESSING)
                .path("reason")
                .asText("");
        boolean saysPaused = reason.equals("DeploymentPaused");
        if (spec.progressDeadline().isEmpty()
                || reason.equals("ProgressDeadlineExceeded")
                || saysPaused == spec.paused()) {
            return;
        }
        editStatus(current -> {
            DeploymentConditions conditions = new DeploymentConditions(new Resource(current), cluster.now());
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "Unknown",
                    spec.paused() ? "DeploymentPaused" : "DeploymentResumed",
                    spec.paused() ? "Deployment is paused" : "Deployment is resumed");
            Trees.status(current).set("conditions", conditions.list());
        });
    }

    private void write(ObjectNode status) {
        if (!Json.same(spec.deployment().status(), status)) {
            cluster.editStatus(
                    ResourceCatalog.DEPLOYMENTS, spec.deployment(), current -> current.set("status", status));
        }
    }
}
