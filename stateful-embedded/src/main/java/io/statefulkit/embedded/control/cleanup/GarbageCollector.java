package io.statefulkit.embedded.control.cleanup;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Deletes what has lost its owners, in the background, in the foreground, or not at all. The graph of owners only says where
 * to look: before anything is deleted, the API is asked again.
 */
public final class GarbageCollector implements Controller {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private final Cluster cluster;
    private final Map<String, ResourceType> types;
    private final OwnerGraph graph = new OwnerGraph();

    /** Makes the collector. */
    public GarbageCollector(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.types = api.catalog().types().stream()
                .filter(type -> !type.equals(ResourceCatalog.EVENTS))
                .collect(Collectors.toMap(ResourceType::qualified, Function.identity()));
    }

    @Override
    public String name() {
        return "generic-garbage-collector";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.copyOf(types.values());
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        List<OwnerGraph.Node> owners = graph.owners(change.before());
        if (change.deleted()) {
            graph.remove(object);
        } else {
            graph.put(change.type(), object);
        }
        boolean ends = change.deleted() || object.deleting();
        if (ends) {
            graph.dependents(object.uid()).forEach(dependent -> queue.accept(key(dependent)));
        }
        if (ends || change.before() != object) {
            owners.stream().filter(owner -> owner.object().deleting()).forEach(owner -> queue.accept(key(owner)));
        }
        boolean doubtful = object.owners().stream().anyMatch(owner -> !graph.knows(owner.uid()));
        if (!change.deleted() && (doubtful || object.deleting())) {
            queue.accept(key(new OwnerGraph.Node(change.type(), object)));
        }
    }

    private static Key key(OwnerGraph.Node node) {
        return new Key(
                node.object().namespace(),
                node.type().qualified() + "/" + node.object().name());
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        int slash = key.name().indexOf('/');
        ResourceType type = types.get(key.name().substring(0, slash));
        if (type != null) {
            cluster.find(type, key.namespace(), key.name().substring(slash + 1))
                    .ifPresent(object -> look(type, object));
        }
        return Optional.empty();
    }

    private void look(ResourceType type, Resource object) {
        if (object.deleting() && object.hasFinalizer(ORPHAN)) {
            orphan(type, object);
        } else if (object.deleting() && object.hasFinalizer(FOREGROUND)) {
            foreground(type, object);
        } else if (!object.deleting() && !object.owners().isEmpty()) {
            dependent(type, object);
        }
    }

    private void orphan(ResourceType type, Resource owner) {
        for (OwnerGraph.Node dependent : dependentsNow(owner)) {
            cluster.edit(dependent.type(), dependent.object(), current -> Ownership.removeOwner(current, owner.uid()));
        }
        cluster.edit(type, owner, current -> Trees.removeFinalizer(current, ORPHAN));
    }

    /**
     * Asks the API for the dependents of an object whose deletion is about to end: one that was made a moment before it began
     * may not have been told to the graph yet, and would be deleted instead of left.
     */
    private List<OwnerGraph.Node> dependentsNow(Resource owner) {
        return types.values().stream()
                .filter(type -> type.namespaced() || owner.namespace().isEmpty())
                .flatMap(type -> cluster.list(type, owner.namespace()).stream()
                        .filter(object -> object.owners().stream()
                                .anyMatch(ref -> ref.uid().equals(owner.uid())))
                        .map(object -> new OwnerGraph.Node(type, object)))
                .toList();
    }

    private void foreground(ResourceType type, Resource owner) {
        if (!waits(owner, graph.dependents(owner.uid())) && !waits(owner, dependentsNow(owner))) {
            cluster.edit(type, owner, current -> Trees.removeFinalizer(current, FOREGROUND));
        }
    }

    private boolean waits(Resource owner, List<OwnerGraph.Node> dependents) {
        boolean waits = false;
        for (OwnerGraph.Node dependent : dependents) {
            Optional<Resource> now = cluster.find(
                            dependent.type(), dependent.object().key())
                    .filter(there -> there.uid().equals(dependent.object().uid()));
            if (now.isEmpty()) {
                continue;
            }
            if (!now.get().deleting()) {
                dependent(dependent.type(), now.get());
            }
            waits |= blocks(now.get(), owner)
                    && cluster.find(dependent.type(), now.get().key())
                            .filter(there -> there.uid().equals(now.get().uid()))
                            .isPresent();
        }
        return waits;
    }

    private static boolean blocks(Resource dependent, Resource owner) {
        return dependent.owners().stream().anyMatch(ref -> ref.uid().equals(owner.uid()) && ref.blocks());
    }

    private void dependent(ResourceType type, Resource object) {
        Set<String> lost = new HashSet<>();
        boolean alive = false;
        boolean foreground = false;
        for (OwnerRef ref : object.owners()) {
            Optional<Resource> owner = owner(object, ref);
            boolean unknownKind = ofKind(ref).isEmpty();
            boolean waiting = owner.filter(now -> now.deleting() && now.hasFinalizer(FOREGROUND))
                    .isPresent();
            boolean solid = unknownKind || (owner.isPresent() && !waiting);
            alive |= solid;
            foreground |= waiting;
            if (!solid) {
                lost.add(ref.uid());
            }
        }
        if (lost.isEmpty()) {
            return;
        }
        if (alive) {
            cluster.edit(type, object, current -> lost.forEach(uid -> Ownership.removeOwner(current, uid)));
        } else {
            boolean hasDependents = !graph.dependents(object.uid()).isEmpty();
            cluster.delete(type, object, foreground && hasDependents ? "Foreground" : policy(object));
        }
    }

    private static String policy(Resource object) {
        if (object.hasFinalizer(ORPHAN)) {
            return "Orphan";
        }
        return object.hasFinalizer(FOREGROUND) ? "Foreground" : "Background";
    }

    private Optional<ResourceType> ofKind(OwnerRef ref) {
        return cluster.api().catalog().ofKind(ref.apiVersion(), ref.kind());
    }

    private Optional<Resource> owner(Resource object, OwnerRef ref) {
        return ofKind(ref)
                .flatMap(type -> cluster.find(type, type.namespaced() ? object.namespace() : "", ref.name()))
                .filter(owner -> owner.uid().equals(ref.uid()));
    }
}
