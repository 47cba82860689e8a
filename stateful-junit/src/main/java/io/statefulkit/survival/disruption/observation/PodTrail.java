package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.statefulkit.internal.NotApi;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change of the pods of a workload while a disruption runs. A look now and then would miss a pod that lives for a second. A watch that
 * ends is begun anew with a fresh list, which shows what has become of the pods meanwhile, and not what they went through: that is a gap.
 */
@NotApi
public final class PodTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodTrail.class);

    /** A thread of the client must not be the one that asks it for a list. */
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "statefulkit-trail");
        thread.setDaemon(true);
        thread.start();
    };

    private static final int RETRY_MILLIS = 250;

    private final Source pods;
    private final ServerContainer server;
    private final Later later;
    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();
    private final ReentrantLock beginning = new ReentrantLock();

    /** What was seen last of each pod that is there, by uid; guarded by itself. */
    private final Map<String, PodState> present = new LinkedHashMap<>();

    /** Where the pods are: the API server, or a fake in a test. */
    public interface Source {

        /** Those that are there. */
        PodList list();

        /** What happens to them from this revision on. */
        Watch watch(String revision, Watcher<Pod> watcher);
    }

    /** Does something in so many milliseconds. */
    @FunctionalInterface
    interface Later {
        void run(int millis, Runnable task);
    }

    /** Begins to watch. */
    public PodTrail(Source pods, ServerContainer server) {
        this(
                pods,
                server,
                (millis, task) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, THREADS)
                        .execute(task));
    }

    PodTrail(Source pods, ServerContainer server, Later later) {
        this.pods = pods;
        this.server = server;
        this.later = later;
        begin();
    }

    /** One watch at a time: what an older one may still say is not heard. */
    private void begin() {
        beginning.lock();
        try {
            PodList list = pods.list();
            take(list.getItems());
            Watch begun = pods.watch(list.getMetadata().getResourceVersion(), new Listener());
            watch.set(begun);
            if (closed.get()) {
                begun.close();
            }
        } finally {
            beginning.unlock();
        }
    }

    private void beginAnew() {
        if (closed.get()) {
            return;
        }
        try {
            begin();
            LOG.debug("the watch of the pods is begun anew");
        } catch (KubernetesClientException e) {
            LOG.debug("the watch of the pods cannot be begun anew yet", e);
            later.run(RETRY_MILLIS, this::beginAnew);
        }
    }

    /** Of what has not changed since it was seen last, there is nothing to tell. */
    private void take(List<Pod> all) {
        synchronized (present) {
            Set<String> gone = new HashSet<>(present.keySet());
            for (Pod pod : all) {
                PodState state = PodState.of(pod, server);
                gone.remove(state.uid());
                if (!state.equals(present.get(state.uid()))) {
                    see(state, false);
                }
            }
            present.values().stream()
                    .filter(pod -> gone.contains(pod.uid()))
                    .toList()
                    .forEach(pod -> see(pod, true));
        }
    }

    private void see(PodState pod, boolean isDeleted) {
        synchronized (present) {
            sightings.add(new Sighting(System.nanoTime(), isDeleted, pod));
            if (isDeleted) {
                present.remove(pod.uid());
            } else {
                present.put(pod.uid(), pod);
            }
        }
    }

    /**
     * As after a restart of the API server, which does not know any more what has happened since. A server, or what is before it, that ends
     * each watch before it has told anything is not asked without a pause.
     */
    private void ended(String why, boolean hasTold) {
        if (closed.get()) {
            return;
        }
        gaps.add(why);
        LOG.warn("the watch of the pods broke and is begun anew; what happened in between is not known: {}", why);
        later.run(hasTold ? 0 : RETRY_MILLIS, this::beginAnew);
    }

    /** All that was seen until now. */
    public List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /** Why changes may be missing, if they may. */
    public Optional<String> gap() {
        return gaps.isEmpty()
                ? Optional.empty()
                : Optional.of(gaps.stream().distinct().collect(Collectors.joining(", and ")));
    }

    @Override
    public void close() {
        closed.set(true);
        Watch last = watch.get();
        if (last != null) {
            last.close();
        }
    }

    private final class Listener implements Watcher<Pod> {

        private final AtomicBoolean hasTold = new AtomicBoolean();

        @Override
        public void eventReceived(Action action, Pod pod) {
            hasTold.set(true);
            if (action == Action.ADDED || action == Action.MODIFIED || action == Action.DELETED) {
                see(PodState.of(pod, server), action == Action.DELETED);
            }
        }

        @Override
        public void onClose() {
            ended("it was closed", hasTold.get());
        }

        @Override
        public void onClose(WatcherException cause) {
            ended(String.valueOf(cause.getMessage()), hasTold.get());
        }
    }
}
