package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.log.Logs;
import io.statefulkit.embedded.node.probe.GrpcProbes;
import io.statefulkit.embedded.node.process.Processes;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.thread.Daemons;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node: it registers itself with the API server and runs the pods that are bound to it as local processes. Closing it
 * kills them all; so does the end of the JVM, whatever its cause. Thread-safe.
 */
public final class NodeAgent implements AutoCloseable {

    private static final int THREADS = 64;
    private static final Duration ALL_DEAD_WITHIN = Duration.ofSeconds(10);

    private final Services services;
    private final ScheduledThreadPoolExecutor timers;
    private final ThreadPoolExecutor pool;
    private final ExecutorService streams;
    private final NodeStreams containerStreams;
    private final NodeFaults faults;
    private final Map<String, PodWorker> byUid = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final List<LastingWatch> watches = new ArrayList<>();
    private boolean closed;

    private NodeAgent(Api api, NodeOptions options, LoopbackBlock block) {
        String name = "node-" + options.name();
        this.timers = new ScheduledThreadPoolExecutor(1, Daemons.named(name + "-timer-"));
        this.timers.setRemoveOnCancelPolicy(true);
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Daemons.named(name + "-"));
        this.pool.allowCoreThreadTimeOut(true);
        this.streams = Executors.newCachedThreadPool(Daemons.named(name + "-stream-"));
        Workspace workspace = Workspace.create();
        this.services = new Services(
                api,
                options,
                workspace,
                new Processes(workspace, options.isolation()),
                new PodAddresses(block),
                new ApiConfig(api),
                new Logs(timers, streams, options.clock()),
                new ImagePolicy(options.images()),
                new Power(),
                new GrpcProbes(),
                timers,
                pool);
        this.containerStreams = new NodeStreams(services, this::find, streams);
        this.faults = new NodeFaults(services, this::find, byUid::values);
    }

    /** Starts a node with a block of addresses of its own. */
    public static NodeAgent start(Api api, NodeOptions options) {
        return start(api, options, LoopbackBlock.claim());
    }

    /** Starts a node whose pods have addresses of this block, which is closed with the node. */
    public static NodeAgent start(Api api, NodeOptions options, LoopbackBlock block) {
        NodeAgent agent = new NodeAgent(api, options, block);
        new NodeObject(agent.services).register();
        agent.watch();
        return agent;
    }

    /** Returns exec, logs and addresses of this node's containers. */
    public ContainerStreams streams() {
        return containerStreams;
    }

    /** Returns what can be done to this node and its containers. */
    public NodeFaults faults() {
        return faults;
    }

    /** Returns the directory below which the containers of this node live. */
    public Path directory() {
        return services.workspace().root();
    }

    /** Returns the address of the node. */
    public String address() {
        return services.addresses().node();
    }

    private void watch() {
        watch(ResourceCatalog.PODS, "spec.nodeName=" + services.options().name(), this::pod, this::others);
        watch(ResourceCatalog.CONFIG_MAPS, "", this::config, all -> refresh(worker -> true));
        watch(ResourceCatalog.SECRETS, "", this::config, all -> refresh(worker -> true));
    }

    private void watch(
            ResourceType type, String fields, Consumer<WatchEvent> events, Consumer<Set<String>> whenBegunAgain) {
        watches.add(new LastingWatch(services.api(), type, fields, events, whenBegunAgain, timers).start());
    }

    /** Those that are gone without a word. */
    private void others(Set<String> there) {
        byUid.forEach((uid, worker) -> {
            if (!there.contains(uid)) {
                worker.vanished();
            }
        });
    }

    private void pod(WatchEvent event) {
        switch (event.type()) {
            case ADDED, MODIFIED -> there(event.object());
            case DELETED -> {
                PodWorker worker = byUid.get(uid(event.object()));
                if (worker != null) {
                    worker.vanished();
                }
            }
            default -> {
                // Bookmarks say nothing about pods.
            }
        }
    }

    private void there(ObjectNode object) {
        Pod pod = Json.as(object, Pod.class);
        String uid = uid(object);
        PodWorker known = byUid.get(uid);
        if (known != null) {
            known.changed(pod);
            return;
        }
        Path directory = services.workspace().root().resolve("p" + sequence.getAndIncrement());
        PodWorker worker = new PodWorker(services, pod, directory, () -> byUid.remove(uid));
        byUid.put(uid, worker);
        worker.begin();
    }

    private void config(WatchEvent event) {
        if (event.type() == WatchEvent.Type.MODIFIED) {
            String namespace = event.object().path("metadata").path("namespace").asText();
            refresh(worker -> worker.pod().getMetadata().getNamespace().equals(namespace));
        }
    }

    private void refresh(Predicate<PodWorker> which) {
        byUid.values().stream()
                .filter(which)
                .filter(worker -> worker.pod().getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getConfigMap() != null
                                || volume.getSecret() != null
                                || volume.getProjected() != null))
                .forEach(PodWorker::refreshVolumes);
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }

    /** Finds a pod by name; of two with the same name, the one that still has its object. */
    private Optional<PodWorker> find(String namespace, String name) {
        return services.api()
                .find(ResourceCatalog.PODS, namespace, name)
                .map(NodeAgent::uid)
                .map(byUid::get);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watches.forEach(LastingWatch::close);
        timers.shutdownNow();
        pool.shutdown();
        long deadline = System.nanoTime() + ALL_DEAD_WITHIN.toNanos();
        try {
            // Nothing new can start once the pool is drained, so one round of killing is enough.
            if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
            byUid.values().forEach(PodWorker::killAll);
            for (PodWorker worker : byUid.values()) {
                worker.awaitDeath(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.shutdownNow();
        services.logs().close();
        services.grpc().close();
        services.processes().close();
        services.addresses().close();
    }
}
