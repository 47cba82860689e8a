package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every change of the pods of a workload while a disruption runs. A look now and then would miss a pod that lives for a second. */
@NotApi
public final class PodTrail implements Watcher<Pod>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodTrail.class);

    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<String>> gap = new AtomicReference<>(Optional.empty());
    private final ServerContainer server;
    private final Watch watch;

    /** Begins to watch, by what is given. */
    public PodTrail(Function<Watcher<Pod>, Watch> begin, ServerContainer server) {
        this.server = server;
        this.watch = begin.apply(this);
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        if (action == Action.ADDED || action == Action.MODIFIED || action == Action.DELETED) {
            sightings.add(new Sighting(System.nanoTime(), action == Action.DELETED, PodState.of(pod, server)));
        }
    }

    /** As after a restart of the API server, which does not know any more what has happened since. */
    @Override
    public void onClose(WatcherException cause) {
        gap.set(Optional.of(String.valueOf(cause.getMessage())));
        LOG.warn("the watch of the pods broke; evidence of this disruption may be incomplete", cause);
    }

    public List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /** Why changes may be missing, if they may. */
    public Optional<String> gap() {
        return Objects.requireNonNull(gap.get());
    }

    @Override
    public void close() {
        watch.close();
    }
}
