package io.statefulkit.embedded.api.read;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.store.ObjectStore;
import io.statefulkit.embedded.store.Subscription;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts watches and sends their bookmarks. */
public final class Watches {

    private static final Duration BOOKMARK_INTERVAL = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final ScheduledExecutorService timer;

    public Watches(ObjectStore store, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
    }

    public Api.Watch watch(ResourceType type, String namespace, WatchOptions options, Consumer<WatchEvent> listener) {
        long revision = Revisions.of(options.resourceVersion());
        boolean fromNow = revision == 0 || options.sendInitialEvents();
        Subscription subscription = store.subscribe(
                        type.qualified(),
                        namespace,
                        fromNow ? Subscription.FROM_NOW : revision,
                        new WatchStream(type, options, fromNow ? 0 : revision, listener))
                .orElseThrow(() -> Failures.expired(
                        "too old resource version: " + revision + " (" + store.oldest(type.qualified()) + ")"));
        if (!options.bookmarks()) {
            return subscription::close;
        }
        Future<?> bookmarks = timer.scheduleAtFixedRate(
                subscription::requestProgress,
                BOOKMARK_INTERVAL.toMillis(),
                BOOKMARK_INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> {
            bookmarks.cancel(false);
            subscription.close();
        };
    }
}
