package io.statefulkit.embedded.api.value;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;

/** Writes the conditions in a status. */
public final class Conditions {

    private Conditions() {}

    /** Sets a condition; empty texts are left out. */
    public static void set(ObjectNode status, String type, String value, String reason, String message, Clock clock) {
        ObjectNode condition = null;
        for (ObjectNode found : Json.objects(status, "conditions")) {
            if (Json.text(found, "type").equals(type)) {
                condition = found;
            }
        }
        if (condition == null) {
            condition = status.withArray("conditions").addObject().put("type", type);
        }
        if (!Json.text(condition, "status").equals(value)) {
            condition.put("lastTransitionTime", Timestamps.now(clock));
        }
        condition.put("status", value);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
    }
}
