package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Owned;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Moves deployments from replica set to replica set. */
public final class Deployments implements Controller {

    private static final ResourceType DEPLOYMENTS = ResourceCatalog.DEPLOYMENTS;
    private static final ResourceType SETS = ResourceCatalog.REPLICA_SETS;

    private final Cluster cluster;
    private final Ownership ownership;
    private final Owned owned = new Owned("Deployment");
    private final Map<Key, Resource> sets = new ConcurrentHashMap<>();

    /** Makes the controller. */
    public Deployments(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.ownership = new Ownership(cluster, DEPLOYMENTS);
    }

    @Override
    public String name() {
        return "deployment-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(DEPLOYMENTS, SETS, ResourceCatalog.PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(DEPLOYMENTS)) {
            owned.changed(change, queue);
        } else if (change.type().equals(SETS)) {
            if (change.deleted()) {
                sets.remove(object.key());
            } else {
                sets.put(object.key(), object);
            }
            owned.changed(change, queue);
        } else if (change.deleted() || ended(change)) {
            podEnded(object, queue);
        }
    }

    private static boolean ended(Change change) {
        return Rollout.gone(change.after()) && !Rollout.gone(change.before());
    }

    /** Recreate waits for the end of the last old pod, which its replica set need not notice. */
    private void podEnded(Resource pod, Consumer<Key> queue) {
        pod.controller()
                .filter(owner -> owner.kind().equals("ReplicaSet"))
                .map(owner -> sets.get(new Key(pod.namespace(), owner.name())))
                .flatMap(Resource::controller)
                .map(OwnerRef::name)
                .ifPresent(deployment -> queue.accept(new Key(pod.namespace(), deployment)));
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        return cluster.find(DEPLOYMENTS, key).flatMap(this::sync);
    }

    private Optional<Duration> sync(Resource deployment) {
        List<Resource> mine = ownership.claim(
                deployment,
                SETS,
                cluster.list(SETS, deployment.namespace()),
                set -> Selector.matches(deployment.spec().path("selector"), set));
        return new Rollout(cluster, new DeploymentSpec(deployment), mine).run();
    }
}
