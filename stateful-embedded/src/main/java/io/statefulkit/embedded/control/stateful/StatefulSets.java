package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Owned;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps the pods and claims of stateful sets as {@link StatefulSetPlan} says. */
public final class StatefulSets implements Controller {

    private static final ResourceType SETS = ResourceCatalog.STATEFUL_SETS;

    private final Cluster cluster;
    private final Ownership ownership;
    private final Revisions revisions;
    private final Owned owned = new Owned("StatefulSet");

    /** Makes the controller. */
    public StatefulSets(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.ownership = new Ownership(cluster, SETS);
        this.revisions = new Revisions(cluster, ownership);
    }

    @Override
    public String name() {
        return "statefulset-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        // Not the revisions: a set that is being deleted would write one as often as it is collected.
        return Set.of(SETS, ResourceCatalog.PODS, ResourceCatalog.PERSISTENT_VOLUME_CLAIMS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        if (!change.type().equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            owned.changed(change, queue);
        } else if (change.deleted() || change.after().deleting()) {
            owned.inNamespace(change.after().namespace()).forEach(queue);
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        Optional<Resource> found = cluster.find(SETS, key);
        // Orphaning takes a moment in which the set has lost some of its pods: that is not its status.
        return found.filter(set -> !(set.deleting() && set.hasFinalizer("orphan")))
                .flatMap(this::sync);
    }

    private Optional<Duration> sync(Resource set) {
        SetSpec spec = new SetSpec(set);
        List<Resource> pods = ownership.claim(
                set,
                ResourceCatalog.PODS,
                cluster.list(ResourceCatalog.PODS, set.namespace()),
                pod -> spec.ordinal(pod.name()).isPresent()
                        && Selector.matches(set.spec().path("selector"), pod));
        List<Resource> history = revisions.history(set);
        Resource update = revisions.update(set, history);
        String currentName = set.status().path("currentRevision").asText("");
        Resource current = history.stream()
                .filter(revision -> revision.name().equals(currentName))
                .findFirst()
                .orElse(update);
        StatefulSetPlan.Result plan = StatefulSetPlan.next(new StatefulSetPlan.Input(
                set, pods, claims(spec), Revisions.of(current), Revisions.of(update), cluster.now()));
        Optional<Failure> failure = new SetActions(cluster, set).run(plan.actions());
        writeStatus(set, plan.status());
        if (failure.isPresent()) {
            throw failure.get();
        }
        revisions.truncate(set, history, pods, List.of(current.name(), update.name()));
        return plan.again();
    }

    private Map<String, Resource> claims(SetSpec spec) {
        Map<String, Resource> claims = new HashMap<>();
        if (!spec.claimTemplates().isEmpty()) {
            cluster.list(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, spec.set().namespace())
                    .forEach(claim -> claims.put(claim.name(), claim));
        }
        return claims;
    }

    private void writeStatus(Resource set, ObjectNode status) {
        if (!Json.same(set.status(), status)) {
            cluster.editStatus(SETS, set, current -> current.set("status", status));
        }
    }
}
