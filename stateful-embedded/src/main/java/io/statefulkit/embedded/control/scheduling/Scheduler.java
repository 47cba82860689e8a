package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Gives pods a node, after their volumes are bound; spreads over nodes by the number of pods. */
public final class Scheduler implements Controller {

    private static final ResourceType PODS = ResourceCatalog.PODS;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Cluster cluster;
    private final PodConditions conditions;
    private final PendingPods pending = new PendingPods();
    private final NodeLoad load = new NodeLoad();
    private final NodeChoice choice;
    private final AtomicInteger holds = new AtomicInteger();

    /** Makes the scheduler. */
    public Scheduler(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.conditions = new PodConditions(cluster);
        this.choice = new NodeChoice(cluster, load);
    }

    @Override
    public String name() {
        return "default-scheduler";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(
                PODS,
                ResourceCatalog.NODES,
                ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                ResourceCatalog.PERSISTENT_VOLUMES,
                ResourceCatalog.STORAGE_CLASSES);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(PODS)) {
            load.changed(change);
            podChanged(change, queue);
        } else if (change.type().equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            pending.waitingFor(object.key()).forEach(queue);
        } else if (!change.type().equals(ResourceCatalog.PERSISTENT_VOLUMES)
                || !object.spec().hasNonNull("claimRef")) {
            pending.all().forEach(queue);
        }
    }

    /** A pod that goes makes room on its node, and one that comes may be what others want to be near. */
    private void podChanged(Change change, Consumer<Key> queue) {
        Resource pod = change.after();
        if (!change.deleted() && waits(pod)) {
            pending.add(pod);
            queue.accept(pod.key());
            return;
        }
        boolean waited = pending.remove(pod.key());
        if (!waited && makesRoom(change)) {
            pending.all().forEach(queue);
        } else if (!change.deleted()
                && NodeChoice.made(pod)
                && (change.before() == pod || !NodeChoice.made(change.before()))) {
            pending.waitingForOthers().forEach(queue);
        }
    }

    private static boolean makesRoom(Change change) {
        return change.deleted() || (Pods.terminal(change.after()) && !Pods.terminal(change.before()));
    }

    /** Keeps all pods waiting until the result is run. */
    public Runnable hold() {
        holds.incrementAndGet();
        return holds::decrementAndGet;
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        if (holds.get() > 0) {
            return Optional.of(LOOK_AGAIN);
        }
        cluster.find(PODS, key).filter(Scheduler::waits).ifPresent(this::schedule);
        return Optional.empty();
    }

    private static boolean waits(Resource pod) {
        return !NodeChoice.made(pod)
                && !pod.deleting()
                && !Pods.terminal(pod)
                && pod.spec().path("schedulerName").asText("default-scheduler").equals("default-scheduler");
    }

    private void schedule(Resource pod) {
        if (!pod.spec().path("schedulingGates").isEmpty()) {
            conditions.notScheduled(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates");
            return;
        }
        List<Resource> nodes = cluster.list(ResourceCatalog.NODES, "");
        PodVolumes volumes = new PodVolumes(cluster, pod);
        if (nodes.isEmpty()) {
            unschedulable(pod, "no nodes available to schedule pods");
            return;
        }
        if (volumes.problem().isPresent()) {
            unschedulable(
                    pod,
                    "0/" + nodes.size() + " nodes are available: "
                            + volumes.problem().get() + ". not found");
            return;
        }
        Map<Resource, List<Obstacle>> obstacles = new LinkedHashMap<>();
        Optional<Resource> node = choice.choose(pod, nodes, volumes, obstacles);
        if (node.isEmpty()) {
            unschedulable(pod, new UnfitNodes(obstacles).text());
        } else if (volumes.ready()) {
            bind(pod, node.get());
        } else if (!conditions.nominate(pod, node.get()) || !volumes.selectNode(node.get())) {
            Obstacle none = Obstacle.ofNode("node(s) didn't find available persistent volumes to bind");
            nodes.forEach(each -> obstacles.putIfAbsent(each, List.of(none)));
            unschedulable(pod, new UnfitNodes(obstacles).text());
        }
    }

    private void unschedulable(Resource pod, String message) {
        if (conditions.notScheduled(pod, "Unschedulable", message)) {
            cluster.events().action(pod, "Warning", "FailedScheduling", "Scheduling", message);
        }
    }

    private void bind(Resource pod, Resource node) {
        ObjectNode binding = Json.object();
        binding.put("kind", "Binding").put("apiVersion", "v1");
        binding.putObject("metadata")
                .put("name", pod.name())
                .put("namespace", pod.namespace())
                .put("uid", pod.uid());
        binding.putObject("target").put("kind", "Node").put("name", node.name());
        Instant at = cluster.now();
        try {
            cluster.api()
                    .post(PODS, pod.namespace(), pod.name(), "binding", binding, WriteOptions.by("default-scheduler"));
        } catch (Failure e) {
            if (e.code() == 404 || e.code() == 409) {
                return;
            }
            throw e;
        }
        cluster.events()
                .action(
                        pod,
                        "Normal",
                        "Scheduled",
                        "Binding",
                        "Successfully assigned " + pod.key() + " to " + node.name(),
                        at);
    }
}
