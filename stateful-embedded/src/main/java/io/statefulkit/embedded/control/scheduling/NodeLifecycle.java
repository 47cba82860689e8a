package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Events;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Taints nodes that are cordoned or not ready, and makes pods leave nodes whose taints they do not tolerate (any longer). */
public final class NodeLifecycle implements Controller {

    private static final ResourceType NODES = ResourceCatalog.NODES;
    private static final ResourceType PODS = ResourceCatalog.PODS;

    private final Cluster cluster;
    private final Events evictions;
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    /** Makes the controller. */
    public NodeLifecycle(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        // Evictions are told of by another part of a control plane.
        this.evictions = new Cluster(api, clock, "taint-eviction-controller").events();
    }

    @Override
    public String name() {
        return "node-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(NODES, PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        if (change.type().equals(NODES)) {
            queue.accept(change.after().key());
            return;
        }
        // Pods matter on nodes that some have to leave; there are few of those.
        String node = change.after().spec().path("nodeName").asText("");
        if (left.contains(node)) {
            queue.accept(new Key("", node));
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        Optional<Resource> found = cluster.find(NODES, key);
        if (found.isEmpty()) {
            left.remove(key.name());
            return Optional.empty();
        }
        Resource node = taint(found.get());
        boolean leave = false;
        for (var taint : node.spec().path("taints")) {
            leave |= taint.path("effect").asText("").equals("NoExecute");
        }
        if (!leave) {
            left.remove(node.name());
            return Optional.empty();
        }
        left.add(node.name());
        return clear(node);
    }

    private Resource taint(Resource node) {
        List<ObjectNode> wanted = NodeTaints.wanted(node, cluster.now());
        List<ObjectNode> there = new java.util.ArrayList<>();
        node.spec().path("taints").forEach(taint -> there.add(taint.deepCopy()));
        if (there.equals(wanted)) {
            return node;
        }
        return cluster.edit(NODES, node, current -> NodeTaints.write(current, wanted))
                .orElse(node);
    }

    private Optional<Duration> clear(Resource node) {
        boolean ready = node.is("Ready");
        Optional<Duration> next = Optional.empty();
        for (Resource pod : cluster.list(PODS, "")) {
            boolean here = pod.spec().path("nodeName").asText("").equals(node.name());
            if (!here || !Pods.active(pod)) {
                continue;
            }
            if (!ready && pod.is("Ready")) {
                unready(pod);
            }
            Optional<Duration> wait = NodeTaints.leavesIn(pod, node, cluster.now());
            if (wait.isPresent() && wait.get().compareTo(Duration.ZERO) <= 0) {
                evict(pod);
            } else if (wait.isPresent()) {
                Duration one = wait.get();
                next = next.filter(other -> other.compareTo(one) < 0).or(() -> Optional.of(one));
            }
        }
        return next;
    }

    private void evict(Resource pod) {
        evictions.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + pod.key());
        cluster.editStatus(PODS, pod, current -> disrupted(current, cluster.now()));
        cluster.delete(PODS, pod);
    }

    /** Says in the pod itself why it goes. */
    private static void disrupted(ObjectNode pod, Instant now) {
        Resource before = new Resource(pod);
        if (before.is("DisruptionTarget")) {
            return;
        }
        ArrayNode conditions = Trees.status(pod).withArray("conditions");
        conditions
                .addObject()
                .put("type", "DisruptionTarget")
                .put("observedGeneration", before.generation())
                .put("status", "True")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", Times.seconds(now))
                .put("reason", "DeletionByTaintManager")
                .put("message", "Taint manager: deleting due to NoExecute taint");
    }

    private void unready(Resource pod) {
        cluster.editStatus(PODS, pod, current -> {
            for (var condition : current.path("status").path("conditions")) {
                if (condition.path("type").asText("").equals("Ready")) {
                    ObjectNode ready = (ObjectNode) condition;
                    ready.put("status", "False").put("lastTransitionTime", Times.seconds(cluster.now()));
                }
            }
        });
        cluster.events().warning(pod, "NodeNotReady", "Node is not ready");
    }
}
