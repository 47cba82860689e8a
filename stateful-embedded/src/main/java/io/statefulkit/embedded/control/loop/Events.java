package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.event.EventRecorder;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;

/** Records events of one component; an event that repeats is counted instead. Never fails. */
public final class Events {

    private final Clock clock;
    private final String component;
    private final EventRecorder recorder;

    Events(Api api, Clock clock, String component) {
        this.clock = clock;
        this.component = component;
        this.recorder = new EventRecorder(api, clock, component, "");
    }

    /** Records that something went as it should. */
    public void normal(Resource about, String reason, String message) {
        recorder.record(about.reference(), "Normal", reason, message);
    }

    /** Records that something did not go as it should. */
    public void warning(Resource about, String reason, String message) {
        recorder.record(about.reference(), "Warning", reason, message);
    }

    /** Records in the newer form: an action, no counts, no source. */
    public void action(Resource about, String type, String reason, String action, String message) {
        action(about, type, reason, action, message, clock.instant());
    }

    /** Records in the newer form what happened at a time: what it leads to may be told by others before this is written. */
    public void action(Resource about, String type, String reason, String action, String message, Instant at) {
        ObjectNode involved = about.reference();
        ObjectNode event = Json.object().put("kind", "Event").put("apiVersion", "v1");
        event.putObject("metadata")
                .put("name", recorder.name(involved, at))
                .put("namespace", EventRecorder.namespace(involved));
        event.set("involvedObject", involved);
        event.put("reason", reason).put("message", message).put("type", type);
        event.putObject("source");
        event.putNull("firstTimestamp");
        event.putNull("lastTimestamp");
        event.put("eventTime", Times.micros(at));
        event.put("action", action);
        event.put("reportingComponent", component);
        event.put("reportingInstance", component + "-" + ControlPlane.HOST);
        recorder.write(event);
    }
}
