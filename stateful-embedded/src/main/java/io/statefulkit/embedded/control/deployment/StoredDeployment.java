package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A deployment and its replica sets while a pass changes them: what is written is what the pass goes on with. */
final class StoredDeployment {

    private static final ResourceType SETS = ResourceCatalog.REPLICA_SETS;

    private final Cluster cluster;
    private DeploymentSpec spec;
    private NewReplicaSet template;
    private Replicas sets;
    /** The replica sets before they were resized: the status of a pass counts what the pass found. */
    private Replicas counted;

    StoredDeployment(Cluster cluster, DeploymentSpec spec, List<Resource> sets) {
        this.cluster = cluster;
        this.spec = spec;
        this.template = new NewReplicaSet(spec);
        this.sets = template.sort(sets);
        this.counted = this.sets;
    }

    DeploymentSpec spec() {
        return spec;
    }

    NewReplicaSet template() {
        return template;
    }

    Replicas sets() {
        return sets;
    }

    RolloutPlan plan() {
        return new RolloutPlan(spec, sets);
    }

    DeploymentStatus status() {
        return new DeploymentStatus(spec, counted, cluster.now());
    }

    /** Makes the replica set of the template. */
    Resource create(int size) {
        Resource created = cluster.create(SETS, spec.deployment().namespace(), template.body(sets, size));
        sets = new Replicas(Optional.of(created), sets.old());
        counted = sets;
        return created;
    }

    /** Changes what a replica set says of itself, if it is still there. */
    void edit(Resource set, Consumer<ObjectNode> change) {
        change(set, change);
        counted = sets;
    }

    private void change(Resource set, Consumer<ObjectNode> change) {
        cluster.edit(SETS, set, change).ifPresent(now -> {
            List<Resource> all = new ArrayList<>(sets.all());
            all.replaceAll(each -> each.uid().equals(now.uid()) ? now : each);
            sets = template.sort(all);
        });
    }

    /** Gives replica sets other sizes; returns whether one had another. */
    boolean resize(Map<String, Integer> sizes) {
        boolean changed = false;
        for (Resource set : sets.all()) {
            Integer size = sizes.get(set.name());
            int before = Replicas.wanted(set);
            if (size == null || size == before) {
                // One without pods is told nothing of the size of others.
                if (size != null || (before > 0 && plan().scales())) {
                    change(set, template::annotateSizes);
                }
                continue;
            }
            change(set, current -> {
                Json.child(current, "spec").put("replicas", size);
                template.annotateSizes(current);
            });
            tellSize(set, before, size);
            changed = true;
        }
        return changed;
    }

    /** Tells of another size of a replica set. */
    void tellSize(Resource set, int from, int to) {
        cluster.events()
                .normal(
                        spec.deployment(),
                        "ScalingReplicaSet",
                        "Scaled " + (to > from ? "up" : "down") + " replica set " + set.name() + " from " + from
                                + " to " + to);
    }

    void delete(Resource set) {
        cluster.delete(SETS, set);
    }

    /** Changes the status and goes on with what is stored then. */
    void editStatus(Consumer<ObjectNode> change) {
        cluster.editStatus(ResourceCatalog.DEPLOYMENTS, spec.deployment(), change)
                .ifPresent(now -> {
                    spec = new DeploymentSpec(now);
                    template = new NewReplicaSet(spec);
                });
    }

    /** Writes the status as the last thing of a pass. */
    void write(ObjectNode status) {
        if (!Json.same(spec.deployment().status(), status)) {
            cluster.editStatus(
                    ResourceCatalog.DEPLOYMENTS, spec.deployment(), current -> current.set("status", status));
        }
    }
}
