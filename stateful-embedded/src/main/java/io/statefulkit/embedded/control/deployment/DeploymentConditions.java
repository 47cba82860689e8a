package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;

/** The conditions of a deployment while its status is computed. The one that changed last comes last. */
final class DeploymentConditions {

    static final String PROGRESSING = "Progressing";
    static final String AVAILABLE = "Available";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    private final Instant now;
    private ArrayNode conditions = Json.object().arrayNode();

    DeploymentConditions(Resource deployment, Instant now) {
        this.now = now;
        deployment.status().path("conditions").forEach(conditions::add);
    }

    ArrayNode list() {
        return conditions;
    }

    JsonNode get(String type) {
        return Resource.condition(conditions, type);
    }

    String reason(String type) {
        return get(type).path("reason").asText("");
    }

    /** Sets a condition unless it has this status and reason already. */
    void set(String type, String status, String reason, String message) {
        JsonNode before = get(type);
        boolean sameStatus = before.path("status").asText("").equals(status);
        if (!(sameStatus && before.path("reason").asText("").equals(reason))) {
            put(type, status, reason, message);
        }
    }

    /** Sets a condition even when only its time of update is new. */
    void put(String type, String status, String reason, String message) {
        JsonNode before = get(type);
        boolean sameStatus = before.path("status").asText("").equals(status);
        remove(type);
        ObjectNode condition = conditions.addObject();
        condition.put("type", type).put("status", status);
        condition.put("lastUpdateTime", Times.seconds(now));
        condition.put(
                "lastTransitionTime",
                sameStatus ? before.path("lastTransitionTime").asText() : Times.seconds(now));
        condition.put("reason", reason).put("message", message);
    }

    void remove(String type) {
        ArrayNode kept = Json.object().arrayNode();
        conditions.forEach(each -> {
            if (!each.path("type").asText().equals(type)) {
                kept.add(each);
            }
        });
        conditions = kept;
    }
}
