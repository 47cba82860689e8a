package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status of a cron job while a pass changes it. */
final class CronStatus {

    private final ObjectNode status;

    CronStatus(JsonNode before) {
        this.status = before.isObject() ? before.deepCopy() : Json.object();
    }

    /** Returns the references to the jobs that run, as they are now. */
    List<JsonNode> active() {
        List<JsonNode> refs = new ArrayList<>();
        status.path("active").forEach(refs::add);
        return refs;
    }

    boolean active(String uid) {
        for (JsonNode ref : status.path("active")) {
            if (ref.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }

    void forget(String uid) {
        ArrayNode kept = Json.object().arrayNode();
        status.path("active").forEach(ref -> {
            if (!ref.path("uid").asText().equals(uid)) {
                kept.add(ref);
            }
        });
        if (kept.isEmpty()) {
            status.remove("active");
        } else {
            status.set("active", kept);
        }
    }

    void started(Resource job, Instant time) {
        status.withArray("active").add(job.reference());
        status.put("lastScheduleTime", Times.seconds(time));
    }

    /** Takes note of when a job ended well, unless another one did later. */
    void succeeded(String end) {
        String last = status.path("lastSuccessfulTime").asText("");
        if (Times.parse(end).isAfter(Times.parse(last))) {
            status.put("lastSuccessfulTime", end);
        }
    }

    /** Returns the time that the last job was started for. */
    Optional<Instant> lastScheduled() {
        String last = status.path("lastScheduleTime").asText("");
        return last.isEmpty() ? Optional.empty() : Optional.of(Times.parse(last));
    }

    ObjectNode json() {
        return status.deepCopy();
    }
}
