package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A watch that begins again when the history has overtaken it, as happens to one that is slow while much changes: a node that no longer
 * hears of pods would look like one that is idle.
 */
final class LastingWatch implements AutoCloseable {

    private final Api api;
    private final ResourceType type;
    private final WatchOptions options;
    private final Consumer<WatchEvent> events;
    private final Consumer<Set<String>> whenBegunAgain;
    private final Executor restarts;
    private Optional<Api.Watch> watch = Optional.empty();
    private boolean closed;

    /**
     * Prepares it.
     *
     * @param fields which objects, as in the query parameter
     * @param events hears, one at a time, of objects that appear, are there at a beginning, change, or are gone
     * @param whenBegunAgain hears which there are when it has begun again: of others nobody told that they are gone
     * @param restarts where it begins again
     */
    LastingWatch(
            Api api,
            ResourceType type,
            String fields,
            Consumer<WatchEvent> events,
            Consumer<Set<String>> whenBegunAgain,
            Executor restarts) {
        this.api = api;
        this.type = type;
        this.options = new WatchOptions("", fields, "", true, true);
        this.events = events;
        this.whenBegunAgain = whenBegunAgain;
        this.restarts = restarts;
    }

    /** Begins, and returns this. */
    LastingWatch start() {
        begin(uids -> {});
        return this;
    }

    private synchronized void begin(Consumer<Set<String>> whenAllAreTold) {
        watch.ifPresent(Api.Watch::close);
        if (!closed) {
            watch = Optional.of(api.watch(type, "", options, new Beginning(whenAllAreTold)::event));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.ifPresent(Api.Watch::close);
    }

    /** What one watch has told until the bookmark that ends its beginning. */
    private final class Beginning {

        private final Consumer<Set<String>> whenAllAreTold;
        private final Set<String> uids = new HashSet<>();
        private boolean over;

        Beginning(Consumer<Set<String>> whenAllAreTold) {
            this.whenAllAreTold = whenAllAreTold;
        }

        void event(WatchEvent event) {
            switch (event.type()) {
                case ADDED -> {
                    if (!over) {
                        uids.add(event.object().path("metadata").path("uid").asText());
                    }
                    events.accept(event);
                }
                case MODIFIED, DELETED -> events.accept(event);
                case BOOKMARK -> {
                    if (!over) {
                        over = true;
                        whenAllAreTold.accept(uids);
                    }
                }
                case ERROR -> beginAgain();
            }
        }
    }

    private void beginAgain() {
        try {
            restarts.execute(() -> begin(whenBegunAgain));
        } catch (RejectedExecutionException e) {
            close(); // The node is closed.
        }
    }
}
