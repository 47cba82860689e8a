package io.statefulkit.embedded.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the events of one component as the recorder of Kubernetes' components does: the same one again counts up the first,
 * also when that is gone; one of many that differ in their words only becomes a combined one; and beyond a budget for each
 * object nothing is told. Never fails. Safe for many threads.
 */
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMBINED = "(combined from similar events): ";
    private static final int NAME_TRIES = 50;

    private record Same(String uid, String field, String type, String reason, String message) {}

    private record Told(String name, Instant first, int count) {}

    private final Api api;
    private final Clock clock;
    private final String component;
    private final String host;
    private final WriteOptions writes;
    private final EventLimits limits = new EventLimits();
    private final Recent<Same, Told> told = new Recent<>();
    private long lastNanos;

    /**
     * Makes the recorder of a component.
     *
     * @param host where it runs, or empty when that is not told
     */
    public EventRecorder(Api api, Clock clock, String component, String host) {
        this.api = api;
        this.clock = clock;
        this.component = component;
        this.host = host;
        this.writes = WriteOptions.by(component);
    }

    /**
     * Records that something happened to an object.
     *
     * @param involved the reference to it, with the field that is meant when it is about a part
     * @param type {@code Normal} or {@code Warning}
     */
    public synchronized void record(ObjectNode involved, String type, String reason, String message) {
        Instant now = clock.instant();
        String uid = Json.text(involved, "uid");
        boolean combined = limits.combines(uid, type, reason, message, now);
        Same same = combined
                ? new Same(uid, "", type, reason, "")
                : new Same(uid, Json.text(involved, "fieldPath"), type, reason, message);
        Told before = told.get(same);
        Told told = before == null
                ? new Told(name(involved, now), now, 1)
                : new Told(before.name(), before.first(), before.count() + 1);
        this.told.put(same, told);
        if (!limits.allows(uid, now)) {
            return;
        }
        ObjectNode event = event(involved, told, now);
        event.put("reason", reason).put("message", combined ? COMBINED + message : message);
        event.put("type", type);
        if (told.count() == 1 || !counted(event)) {
            String name = write(event);
            this.told.put(same, new Told(name, told.first(), told.count()));
        }
    }

    /** Returns what a new event about an object is called. */
    public synchronized String name(ObjectNode involved, Instant now) {
        lastNanos = Math.max(lastNanos + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
        return Json.text(involved, "name") + "." + Long.toHexString(lastNanos);
    }

    /** Returns the namespace of events about an object. */
    public static String namespace(ObjectNode involved) {
        String namespace = Json.text(involved, "namespace");
        return namespace.isEmpty() ? "default" : namespace;
    }

    /**
     * Writes an event. Two components may choose the same name at the same moment: then one of them chooses another.
     *
     * @return the name that it got
     */
    public synchronized String write(ObjectNode event) {
        ObjectNode metadata = Json.child(event, "metadata");
        for (int attempt = 0; attempt < NAME_TRIES; attempt++) {
            try {
                api.create(ResourceCatalog.EVENTS, Json.text(metadata, "namespace"), event, writes);
                break;
            } catch (Failure e) {
                if (!e.reason().equals("AlreadyExists")) {
                    // A namespace that goes takes no events, and nothing depends on them.
                    LOG.debug("event not recorded: {}", e.getMessage());
                    break;
                }
                metadata.put("name", name(Json.child(event, "involvedObject"), clock.instant()));
            }
        }
        return Json.text(metadata, "name");
    }

    private boolean counted(ObjectNode event) {
        ObjectNode metadata = Json.child(event, "metadata");
        try {
            return api.edit(
                            ResourceCatalog.EVENTS,
                            Json.text(metadata, "namespace"),
                            Json.text(metadata, "name"),
                            "",
                            stored -> {
                                for (String field : new String[] {"count", "message", "lastTimestamp"}) {
                                    stored.set(field, event.path(field));
                                }
                                return stored;
                            },
                            writes)
                    .isPresent();
        } catch (Failure e) {
            LOG.debug("event not counted: {}", e.getMessage());
            return true;
        }
    }

    private ObjectNode event(ObjectNode involved, Told told, Instant now) {
        ObjectNode event = Json.object().put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata").put("name", told.name()).put("namespace", namespace(involved));
        event.set("involvedObject", involved);
        ObjectNode source = event.putObject("source").put("component", component);
        if (!host.isEmpty()) {
            source.put("host", host);
        }
        event.put("firstTimestamp", Timestamps.format(told.first()));
        event.put("lastTimestamp", Timestamps.format(now));
        event.put("count", told.count());
        event.putNull("eventTime");
        event.put("reportingComponent", component);
        return event.put("reportingInstance", host);
    }
}
