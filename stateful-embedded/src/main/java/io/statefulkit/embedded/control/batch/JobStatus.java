package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The status of a job while a pass changes it. */
final class JobStatus {

    private static final List<String> ORDER = List.of(
            "conditions",
            "startTime",
            "completionTime",
            "active",
            "succeeded",
            "failed",
            "terminating",
            "completedIndexes",
            "failedIndexes",
            "uncountedTerminatedPods",
            "ready");

    private final ObjectNode status;
    private final Instant now;

    JobStatus(JsonNode before, Instant now) {
        this.status = before.isObject() ? before.deepCopy() : Json.object();
        this.now = now;
    }

    boolean started() {
        return status.has("startTime");
    }

    void start() {
        status.put("startTime", Times.seconds(now));
    }

    void stop() {
        status.remove("startTime");
    }

    void finish(boolean success) {
        if (success) {
            status.put("completionTime", Times.seconds(now));
        }
    }

    void count(int active, int ready, int terminating) {
        put("active", active);
        status.put("terminating", terminating);
        status.put("ready", ready);
        if (!status.has("uncountedTerminatedPods")) {
            status.putObject("uncountedTerminatedPods");
        }
    }

    void uncounted(List<Resource> succeeded, List<Resource> failed) {
        ObjectNode uncounted = status.putObject("uncountedTerminatedPods");
        uids(uncounted, "succeeded", succeeded);
        uids(uncounted, "failed", failed);
    }

    void succeeded(int succeeded, String completedIndexes) {
        put("succeeded", succeeded);
        if (!completedIndexes.isEmpty()) {
            status.put("completedIndexes", completedIndexes);
        }
    }

    void counted(int succeeded, int failed, String completedIndexes) {
        succeeded(succeeded, completedIndexes);
        put("failed", failed);
        status.putObject("uncountedTerminatedPods");
    }

    void failedIndexes(String indexes) {
        status.put("failedIndexes", indexes);
    }

    boolean is(String type) {
        return Resource.condition(status.path("conditions"), type)
                .path("status")
                .asText("")
                .equals("True");
    }

    /** Sets a condition; returns whether that changed anything. */
    boolean set(String type, boolean value, String reason, String message) {
        String text = value ? "True" : "False";
        JsonNode before = Resource.condition(status.path("conditions"), type);
        if (before.path("status").asText("").equals(text)
                && before.path("reason").asText("").equals(reason)) {
            return false;
        }
        ObjectNode condition = before instanceof ObjectNode there
                ? there
                : status.withArray("conditions").addObject();
        condition
                .put("type", type)
                .put("status", text)
                .put("lastProbeTime", Times.seconds(now))
                .put("lastTransitionTime", Times.seconds(now))
                .put("reason", reason)
                .put("message", message);
        return true;
    }

    ObjectNode json() {
        ObjectNode ordered = Json.object();
        ORDER.forEach(field -> {
            if (status.has(field)) {
                // What is written belongs to the store; this status goes on changing.
                ordered.set(field, status.path(field).deepCopy());
            }
        });
        return ordered;
    }

    private static void uids(ObjectNode uncounted, String field, Collection<Resource> pods) {
        if (!pods.isEmpty()) {
            ArrayNode list = uncounted.putArray(field);
            pods.forEach(pod -> list.add(pod.uid()));
        }
    }

    private void put(String field, int value) {
        if (value == 0) {
            status.remove(field);
        } else {
            status.put(field, value);
        }
    }
}
