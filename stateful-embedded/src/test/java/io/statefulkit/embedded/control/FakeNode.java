package io.statefulkit.embedded.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A node without processes: its pods are at once what a test wants them to be. */
final class FakeNode implements AutoCloseable {

    /** What becomes of a pod. */
    enum Fate {
        STAYS_PENDING,
        RUNS,
        RUNS_AND_IS_READY,
        SUCCEEDS,
        FAILS
    }

    private static final WriteOptions KUBELET = WriteOptions.by("kubelet");

    private static final Set<String> OWN_CONDITIONS = Set.of("Ready", "PodScheduled");

    private final Api api;
    private final Clock clock;
    private final String name;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger addresses = new AtomicInteger(1);
    private final Api.Watch watch;
    private volatile Function<Resource, Fate> fates = pod -> Fate.RUNS_AND_IS_READY;
    private final Map<String, String> placed = new ConcurrentHashMap<>();
    private volatile boolean slow;

    FakeNode(Api api, Clock clock, String name) {
        this.api = api;
        this.clock = clock;
        this.name = name;
        ObjectNode node = Json.object();
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        metadata.putObject("labels").put("kubernetes.io/hostname", name);
        api.create(ResourceCatalog.NODES, "", node, KUBELET);
        this.watch = api.watch(ResourceCatalog.PODS, "", WatchOptions.ALL, this::on);
    }

    /** Decides what pods become, and applies it to those that are there. */
    void decide(Function<Resource, Fate> decision) {
        fates = decision;
        later(() ->
                api.list(ResourceCatalog.PODS, "", ListOptions.ALL).items().forEach(pod -> live(new Resource(pod))));
    }

    /** Makes a pod ready at a given address. */
    void place(String pod, String address) {
        placed.put(pod, address);
        decide(any -> Fate.RUNS_AND_IS_READY);
    }

    /** Keeps deleted pods from ending until {@link #terminate()}. */
    void holdTerminations() {
        slow = true;
    }

    void terminate() {
        slow = false;
        decide(fates);
    }

    private void on(WatchEvent event) {
        if (event.type() == WatchEvent.Type.ADDED || event.type() == WatchEvent.Type.MODIFIED) {
            later(() -> live(new Resource(event.object())));
        }
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (Failure e) {
                    // The pod has changed or gone; its next event tells.
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed.
        }
    }

    private void live(Resource pod) {
        if (!pod.spec().path("nodeName").asText("").equals(name)) {
            return;
        }
        if (!pod.deleting()) {
            run(pod, fates.apply(pod));
        } else if (!slow) {
            end(pod);
        }
    }

    private void run(Resource pod, Fate fate) {
        if (Pods.terminal(pod)) {
            return;
        }
        switch (fate) {
            case STAYS_PENDING -> {}
            case RUNS -> write(pod, "Running", false);
            case RUNS_AND_IS_READY -> write(pod, "Running", true);
            case SUCCEEDS -> write(pod, "Succeeded", false);
            case FAILS -> write(pod, "Failed", false);
        }
    }

    /** As a kubelet does: first a terminal phase, then the deletion, of this very pod. */
    private void end(Resource pod) {
        if (!Pods.terminal(pod)) {
            write(pod, "Succeeded", false);
        }
        api.delete(
                ResourceCatalog.PODS,
                pod.namespace(),
                pod.name(),
                DeleteOptions.ofUid(pod.uid()).withGrace(0));
    }

    private void write(Resource pod, String phase, boolean ready) {
        api.edit(
                ResourceCatalog.PODS,
                pod.namespace(),
                pod.name(),
                "status",
                current -> {
                    boolean same = new Resource(current).uid().equals(pod.uid());
                    boolean news = !Pods.phase(new Resource(current)).equals(phase)
                            || new Resource(current).is("Ready") != ready;
                    if (same && news) {
                        fill(pod.name(), Json.child(current, "status"), phase, ready);
                    }
                    return current;
                },
                KUBELET);
    }

    private void fill(String pod, ObjectNode status, String phase, boolean ready) {
        String now = Times.seconds(clock.instant());
        status.put("phase", phase);
        if (!status.has("podIP")) {
            int address = addresses.getAndIncrement();
            String any = "10.42." + address / 250 + "." + (address % 250 + 1);
            status.put("podIP", placed.getOrDefault(pod, any));
            status.put("startTime", now);
        }
        List<ObjectNode> before = Json.objects(status, "conditions");
        ArrayNode conditions = status.putArray("conditions");
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", ready ? "True" : "False")
                .put("lastTransitionTime", now);
        conditions.addObject().put("type", "PodScheduled").put("status", "True").put("lastTransitionTime", now);
        // What controllers say of a pod a kubelet leaves as it is.
        before.stream()
                .filter(each -> !OWN_CONDITIONS.contains(each.path("type").asText()))
                .forEach(conditions::add);
        ObjectNode container = status.putArray("containerStatuses").addObject();
        container.put("name", "app").put("ready", ready).put("restartCount", 0);
        ObjectNode state = container.putObject("state");
        if (phase.equals("Running")) {
            state.putObject("running").put("startedAt", now);
        } else {
            state.putObject("terminated")
                    .put("exitCode", phase.equals("Failed") ? 1 : 0)
                    .put("finishedAt", now);
        }
    }

    @Override
    public void close() {
        watch.close();
        thread.shutdownNow();
    }
}
