package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Builds the {@code Status} bodies of what is refused before it reaches the API. */
final class Statuses {

    private Statuses() {}

    /** Returns a failure without details. */
    static ObjectNode failure(int code, String reason, String message) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        return status.put("code", code);
    }

    /** Returns a failure whose details are there and empty, as the routing of a real server answers. */
    static ObjectNode routing(int code, String reason, String message) {
        ObjectNode status = failure(code, reason, message);
        status.putObject("details");
        return status;
    }

    /** Returns the failure of something that should not happen. */
    static ObjectNode internal(String message) {
        ObjectNode status = failure(500, "InternalError", "Internal error occurred: " + message);
        status.putObject("details").putArray("causes").addObject().put("message", message);
        return status;
    }
}
