package io.statefulkit.embedded.control.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Removes events an hour after they were written last, as an API server does with what it is told to keep so long. */
public final class EventExpiry implements Controller {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Key ALL = new Key("", "events");

    private record Written(Key key, String uid, String resourceVersion, Instant at) {}

    private final Api api;
    private final Clock clock;
    /** Those that were written longest ago come first. */
    private final Map<Key, Written> written = new LinkedHashMap<>();

    /** Makes the controller. */
    public EventExpiry(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "event-expiry";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(ResourceCatalog.EVENTS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource event = change.after();
        synchronized (written) {
            written.remove(event.key());
            if (change.deleted()) {
                return;
            }
            written.put(event.key(), new Written(event.key(), event.uid(), event.resourceVersion(), lastWrite(event)));
            if (written.size() > 1) {
                return;
            }
        }
        // The first one: for the others, it is looked again when the one before them ends.
        queue.accept(ALL);
    }

    private static Instant lastWrite(Resource event) {
        Instant last = event.created();
        for (JsonNode writer : event.json().path("metadata").path("managedFields")) {
            Instant wrote = Times.parse(writer.path("time").asText(""));
            last = wrote.isAfter(last) ? wrote : last;
        }
        return last;
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        Instant now = clock.instant();
        expired(now).forEach(this::delete);
        synchronized (written) {
            return written.values().stream()
                    .findFirst()
                    .map(eldest -> Duration.between(now, eldest.at().plus(KEPT)));
        }
    }

    private List<Written> expired(Instant now) {
        List<Written> expired = new ArrayList<>();
        synchronized (written) {
            for (Written each : written.values()) {
                if (each.at().plus(KEPT).isAfter(now)) {
                    break;
                }
                expired.add(each);
            }
        }
        return expired;
    }

    /** Deletes an event unless it was written again meanwhile. */
    private void delete(Written event) {
        try {
            api.delete(
                    ResourceCatalog.EVENTS,
                    event.key().namespace(),
                    event.key().name(),
                    new DeleteOptions(OptionalInt.empty(), "", event.uid(), event.resourceVersion(), false));
        } catch (Failure e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
        synchronized (written) {
            written.remove(event.key(), event);
        }
    }
}
