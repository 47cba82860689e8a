package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of an object as far as it is compared. A pod is compared as a whole; counts and conditions of what controls
 * pods, and the members of a service, each on their own: which of several pods is faster is chance.
 */
final class Milestone {

    private Milestone() {}

    /** Returns the states of an object by what they are about. */
    static Map<String, String> of(String resource, JsonNode object) {
        Map<String, String> facets = new TreeMap<>();
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        facets.put("object", object.path("metadata").has("deletionTimestamp") ? "deleting" : "there");
        switch (resource) {
            case "pods" ->
                facets.put("object", pod(status) + (facets.get("object").equals("there") ? "" : " deleting"));
            case "statefulsets" -> {
                facets.put("revisions", revisions(status));
                workload(facets, object, "currentReplicas", "updatedReplicas");
            }
            case "deployments" -> workload(facets, object, "updatedReplicas", "unavailableReplicas");
            case "replicasets" -> workload(facets, object);
            case "jobs" -> {
                counts(facets, status, "active", "succeeded", "failed");
                conditions(facets, status);
            }
            case "cronjobs" -> {
                facets.put("active", Integer.toString(status.path("active").size()));
                facets.put("scheduled", Boolean.toString(status.has("lastScheduleTime")));
                facets.put("successful", Boolean.toString(status.has("lastSuccessfulTime")));
                facets.put("suspend", Boolean.toString(spec.path("suspend").asBoolean()));
            }
            case "persistentvolumeclaims", "persistentvolumes" ->
                facets.put("phase", status.path("phase").asText());
            case "endpoints" -> endpoints(facets, object);
            case "endpointslices" -> slice(facets, object);
            case "controllerrevisions" ->
                facets.put("revision", object.path("revision").asText());
            default -> {
                // The others are only there, or not.
            }
        }
        return facets;
    }

    private static void workload(Map<String, String> facets, JsonNode object, String... more) {
        facets.put("wanted", object.path("spec").path("replicas").asText());
        counts(facets, object.path("status"), "replicas", "readyReplicas", "availableReplicas");
        counts(facets, object.path("status"), more);
        conditions(facets, object.path("status"));
    }

    private static void counts(Map<String, String> facets, JsonNode status, String... fields) {
        for (String field : fields) {
            facets.put(field, Integer.toString(status.path(field).asInt(0)));
        }
    }

    private static void conditions(Map<String, String> facets, JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            facets.put(
                    "condition " + condition.path("type").asText(),
                    condition.path("status").asText() + "/"
                            + condition.path("reason").asText());
        }
    }

    private static String pod(JsonNode status) {
        StringBuilder text = new StringBuilder(status.path("phase").asText()).append(conditions(status));
        status.path("initContainerStatuses").forEach(each -> text.append(container(each)));
        status.path("containerStatuses").forEach(each -> text.append(container(each)));
        return text.toString();
    }

    private static String container(JsonNode status) {
        StringBuilder text =
                new StringBuilder(" ").append(status.path("name").asText()).append(':');
        status.path("state").properties().forEach(state -> {
            text.append(state.getKey());
            JsonNode detail = state.getValue();
            if (detail.has("reason")) {
                text.append('/').append(detail.path("reason").asText());
            }
            if (detail.has("exitCode")) {
                text.append('/').append(detail.path("exitCode").asInt());
            }
        });
        return text.append("(restarts ")
                .append(status.path("restartCount").asInt())
                .append(')')
                .toString();
    }

    private static String conditions(JsonNode status) {
        TreeSet<String> all = new TreeSet<>();
        for (JsonNode condition : status.path("conditions")) {
            String reason = condition.path("reason").asText("");
            all.add(condition.path("type").asText() + "="
                    + condition.path("status").asText() + (reason.isEmpty() ? "" : "/" + reason));
        }
        return all.isEmpty() ? "" : " " + all;
    }

    private static String revisions(JsonNode status) {
        String current = status.path("currentRevision").asText();
        return current.equals(status.path("updateRevision").asText()) ? "settled" : "rolling";
    }

    private static void endpoints(Map<String, String> facets, JsonNode object) {
        for (JsonNode subset : object.path("subsets")) {
            subset.path("addresses").forEach(each -> facets.put(target(each), "ready"));
            subset.path("notReadyAddresses").forEach(each -> facets.put(target(each), "not ready"));
        }
    }

    private static void slice(Map<String, String> facets, JsonNode object) {
        for (JsonNode endpoint : object.path("endpoints")) {
            JsonNode conditions = endpoint.path("conditions");
            facets.put(
                    target(endpoint),
                    (conditions.path("ready").asBoolean() ? "ready" : "not ready")
                            + (conditions.path("serving").asBoolean() ? " serving" : "")
                            + (conditions.path("terminating").asBoolean() ? " terminating" : ""));
        }
    }

    private static String target(JsonNode endpoint) {
        return "member " + endpoint.path("targetRef").path("name").asText();
    }
}
