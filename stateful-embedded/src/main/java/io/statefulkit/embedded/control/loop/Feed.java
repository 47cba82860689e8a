package io.statefulkit.embedded.control.loop;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows all objects of one kind and tells each change once; starts over when the watch is cut. */
final class Feed {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration RESTART = Duration.ofMillis(50);

    private final Api api;
    private final ResourceType type;
    private final Consumer<Change> listener;
    private final Timer timer;
    private final Clock clock;
    private final Map<Key, Resource> known = new HashMap<>();
    private Optional<Api.Watch> watch = Optional.empty();
    private boolean closed;
    private int epoch;

    Feed(Api api, ResourceType type, Consumer<Change> listener, Timer timer, Clock clock) {
        this.api = api;
        this.type = type;
        this.listener = listener;
        this.timer = timer;
        this.clock = clock;
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        int now = ++epoch;
        Page page = api.list(type, "", ListOptions.ALL);
        Map<Key, Resource> gone = new HashMap<>(known);
        for (var item : page.items()) {
            Resource object = new Resource(item);
            gone.remove(object.key());
            tell(object);
        }
        gone.values().forEach(this::tellGone);
        WatchOptions from = new WatchOptions("", "", Long.toString(page.revision()), false, false);
        watch = Optional.of(api.watch(type, "", from, event -> on(now, event)));
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        takeWatch().ifPresent(Api.Watch::close);
    }

    private synchronized void on(int from, WatchEvent event) {
        if (closed || from != epoch) {
            return;
        }
        switch (event.type()) {
            case ADDED, MODIFIED -> tell(new Resource(event.object()));
            case DELETED -> tellGone(new Resource(event.object()));
            case BOOKMARK -> {}
            case ERROR -> restartLater();
        }
    }

    private void restartLater() {
        epoch++;
        timer.at(clock.instant().plus(RESTART), this::restart);
    }

    /** The old watch is closed without the lock: closing may wait for an event that waits for the lock. */
    private void restart() {
        try {
            takeWatch().ifPresent(Api.Watch::close);
            start();
        } catch (Failure e) {
            LOG.debug("watch of {} could not be started again: {}", type.qualified(), e.getMessage());
            timer.at(clock.instant().plus(RESTART), this::restart);
        }
    }

    private synchronized Optional<Api.Watch> takeWatch() {
        Optional<Api.Watch> last = watch;
        watch = Optional.empty();
        return last;
    }

    private void tell(Resource object) {
        Resource before = known.put(object.key(), object);
        if (before != null && !before.uid().equals(object.uid())) {
            listener.accept(new Change(type, true, before, before));
            before = null;
        }
        if (before == null || !before.resourceVersion().equals(object.resourceVersion())) {
            listener.accept(new Change(type, false, before == null ? object : before, object));
        }
    }

    private void tellGone(Resource object) {
        Resource before = known.remove(object.key());
        listener.accept(new Change(type, true, before == null ? object : before, object));
    }
}
