package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records events of one component; an event that repeats is counted instead, as long as it is there. Never fails. */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int REMEMBERED = 4096;
    private static final int NAME_TRIES = 50;

    private final Api api;
    private final Clock clock;
    private final String component;
    private final WriteOptions writes;
    private final Map<Same, Seen> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Same, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final EventLimits limits = new EventLimits();
    private long lastNanos;

    Events(Api api, Clock clock, String component) {
        this.api = api;
        this.clock = clock;
        this.component = component;
        this.writes = WriteOptions.by(component);
    }

    /** Records that something went as it should. */
    public void normal(Resource about, String reason, String message) {
        record(about, "Normal", reason, message);
    }

    /** Records that something did not go as it should. */
    public void warning(Resource about, String reason, String message) {
        record(about, "Warning", reason, message);
    }

    /** Records in the newer form: an action, no counts, no source. */
    public void action(Resource about, String type, String reason, String action, String message) {
        action(about, type, reason, action, message, clock.instant());
    }

    /** Records in the newer form what happened at a time: what it leads to may be told by others before this is written. */
    public void action(Resource about, String type, String reason, String action, String message, Instant at) {
        ObjectNode event = event(about, type, reason, message, at);
        event.putObject("source");
        event.putNull("firstTimestamp");
        event.putNull("lastTimestamp");
        event.put("eventTime", Times.micros(at));
        event.put("action", action);
        event.put("reportingComponent", component);
        event.put("reportingInstance", component + "-" + ControlPlane.HOST);
        write(about, event);
    }

    private void record(Resource about, String type, String reason, String message) {
        Instant now = clock.instant();
        boolean combined;
        synchronized (limits) {
            combined = limits.combines(about.uid(), type, reason, message, now);
            if (!limits.allows(about.uid(), now)) {
                return;
            }
        }
        String text = combined ? "(combined from similar events): " + message : message;
        Same same = new Same(about.uid(), type, reason, combined ? "" : message);
        Optional<Seen> seen = seen(same);
        if (seen.isPresent() && repeat(seen.get(), text, now)) {
            return;
        }
        ObjectNode event = event(about, type, reason, text, now);
        event.putObject("source").put("component", component);
        event.put("firstTimestamp", Times.seconds(now));
        event.put("lastTimestamp", Times.seconds(now));
        event.put("count", 1);
        event.putNull("eventTime");
        event.put("reportingComponent", component);
        event.put("reportingInstance", "");
        if (write(about, event)) {
            remember(
                    same,
                    new Seen(
                            namespace(about),
                            event.path("metadata").path("name").asText()));
        }
    }

    private synchronized Optional<Seen> seen(Same same) {
        return Optional.ofNullable(recent.get(same));
    }

    private synchronized void remember(Same same, Seen seen) {
        recent.put(same, seen);
    }

    private boolean repeat(Seen seen, String message, Instant now) {
        try {
            return api.edit(
                            ResourceCatalog.EVENTS,
                            seen.namespace(),
                            seen.name(),
                            "",
                            event -> event.put("count", event.path("count").asInt(1) + 1)
                                    .put("message", message)
                                    .put("lastTimestamp", Times.seconds(now)),
                            writes)
                    .isPresent();
        } catch (Failure e) {
            LOG.debug("event not counted: {}", e.getMessage());
            return true;
        }
    }

    /** Two components may choose the same name at the same moment: then one of them chooses another. */
    private boolean write(Resource about, ObjectNode event) {
        for (int attempt = 0; attempt < NAME_TRIES; attempt++) {
            try {
                api.create(ResourceCatalog.EVENTS, namespace(about), event, writes);
                return true;
            } catch (Failure e) {
                if (!e.reason().equals("AlreadyExists")) {
                    LOG.debug("event not recorded: {}", e.getMessage());
                    return false;
                }
                Json.child(event, "metadata").put("name", name(about, clock.instant()));
            }
        }
        return false;
    }

    private String name(Resource about, Instant now) {
        return about.name() + "." + Long.toHexString(nanos(now));
    }

    private ObjectNode event(Resource about, String type, String reason, String message, Instant now) {
        ObjectNode event = Json.object();
        event.put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata").put("name", name(about, now)).put("namespace", namespace(about));
        event.set("involvedObject", about.reference());
        return event.put("reason", reason).put("message", message).put("type", type);
    }

    private synchronized long nanos(Instant now) {
        lastNanos = Math.max(lastNanos + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
        return lastNanos;
    }

    private static String namespace(Resource about) {
        return about.namespace().isEmpty() ? "default" : about.namespace();
    }

    private record Same(String uid, String type, String reason, String message) {}

    private record Seen(String namespace, String name) {}
}
