package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a workload, its pods and the events of its namespace live: three lists at the start, then three watches and no
 * polling. Safe for use by many threads; {@link #close()} ends the watches.
 */
public final class WorkloadWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadWatch.class);
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final WorkloadRef ref;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final AtomicLong changes = new AtomicLong();

    private final Feed<? extends HasMetadata> workloads;
    private final Feed<Pod> pods;
    private final Feed<Event> events;
    private final PastEvents past = new PastEvents();
    private final AtomicBoolean eventsOff = new AtomicBoolean();

    private WorkloadWatch(KubernetesClient client, WorkloadRef ref, Map<String, String> selector) {
        this.ref = ref;
        String namespace = ref.namespace();
        this.workloads = switch (ref.kind()) {
            case STATEFUL_SET ->
                feed(new ClientSource<StatefulSet>(
                        client.apps().statefulSets().inNamespace(namespace).withField("metadata.name", ref.name())));
            case DEPLOYMENT ->
                feed(new ClientSource<Deployment>(
                        client.apps().deployments().inNamespace(namespace).withField("metadata.name", ref.name())));
        };
        this.pods =
                feed(new ClientSource<Pod>(client.pods().inNamespace(namespace).withLabels(selector)));
        this.events = feed(new ClientSource<Event>(client.v1().events().inNamespace(namespace)));
    }

    private <T extends HasMetadata> Feed<T> feed(Source<T> source) {
        return new Feed<>(source, this::signal, SILENCE, System::nanoTime);
    }

    /**
     * Starts to watch; what is there is known when this returns.
     *
     * @param client the client, which stays open
     * @param ref the workload, which need not exist yet
     * @param selector the labels of its pods
     * @throws KubernetesClientException when the API server refuses; events are optional and may be refused
     */
    public static WorkloadWatch open(KubernetesClient client, WorkloadRef ref, Map<String, String> selector) {
        WorkloadWatch watch = new WorkloadWatch(client, ref, selector);
        return watch.start(watch::openEvents);
    }

    /** Starts to watch, like {@link #open}, but without events: {@link WorkloadState#events()} stays empty. */
    public static WorkloadWatch openWithoutEvents(
            KubernetesClient client, WorkloadRef ref, Map<String, String> selector) {
        WorkloadWatch watch = new WorkloadWatch(client, ref, selector);
        return watch.start(() -> watch.eventsOff.set(true));
    }

    private WorkloadWatch start(Runnable openEvents) {
        try {
            openEvents.run();
            workloads.open();
            pods.open();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openEvents() {
        try {
            events.open();
            past.add(events.items());
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            eventsOff.set(true);
            LOG.debug("events of namespace {} may not be read; diagnosis does without them", ref.namespace());
        }
    }

    /** Lets events count that were there before: what was told once may still be why something is missing. Returns this. */
    public WorkloadWatch withPastEvents() {
        past.clear();
        return this;
    }

    /** Returns which workload is watched. */
    public WorkloadRef ref() {
        return ref;
    }

    /** Returns what is known now. */
    public WorkloadState state() {
        Optional<Workload> workload = workloads.items().stream()
                .map(object -> object instanceof StatefulSet set ? Workload.of(set) : Workload.of((Deployment) object))
                .reduce((older, newer) -> newer);
        List<Pod> own = pods.items().stream()
                .filter(pod -> WorkloadState.belongs(pod, ref))
                .toList();
        List<Event> fresh = events.items().stream()
                .filter(event -> !past.contains(event))
                .filter(event -> event.getInvolvedObject() != null
                        && WorkloadState.concerns(event.getInvolvedObject(), ref, own))
                .toList();
        return new WorkloadState(workload, own, fresh);
    }

    /** Returns how many changes there have been; hand it to {@link #awaitChange} to miss none. */
    public long changes() {
        return changes.get();
    }

    /**
     * Waits for a change since {@code seen}, for a second at most; also keeps the watches alive, so it has to be called
     * again and again.
     *
     * @param seen what {@link #changes()} returned before the state was looked at
     * @param atMost the longest time to wait
     * @throws InterruptedException when the thread is interrupted
     */
    public void awaitChange(long seen, Duration atMost) throws InterruptedException {
        mend();
        lock.lockInterruptibly();
        try {
            long left = Math.min(atMost.toNanos(), TimeUnit.SECONDS.toNanos(1));
            while (changes.get() == seen && left > 0) {
                left = change.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void mend() {
        workloads.mend();
        pods.mend();
        if (!eventsOff.get()) {
            events.mend();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changes.incrementAndGet();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        workloads.close();
        pods.close();
        events.close();
        signal();
    }
}
