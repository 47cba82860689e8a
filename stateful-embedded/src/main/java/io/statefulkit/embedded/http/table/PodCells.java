package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How pods look in tables. */
final class PodCells {

    private static final String GATED = "SchedulingGated";

    private PodCells() {}

    static String ready(Cells pod) {
        int total = pod.at("spec", "containers").size();
        int ready = 0;
        for (JsonNode status : pod.at("status", "containerStatuses")) {
            ready += isRunningAndReady(status) ? 1 : 0;
        }
        for (JsonNode container : pod.at("spec", "initContainers")) {
            if (isSidecar(container)) {
                total++;
                ready +=
                        isRunningAndReady(initStatus(pod, container.path("name").asText())) ? 1 : 0;
            }
        }
        return ready + "/" + total;
    }

    /** Returns how many of the conditions that a pod needs besides are there. */
    static String readinessGates(Cells pod) {
        JsonNode gates = pod.at("spec", "readinessGates");
        int met = 0;
        for (JsonNode gate : gates) {
            for (JsonNode condition : pod.at("status", "conditions")) {
                boolean same = condition
                        .path("type")
                        .asText()
                        .equals(gate.path("conditionType").asText());
                met += same && condition.path("status").asText().equals("True") ? 1 : 0;
            }
        }
        return gates.isEmpty() ? "<none>" : met + "/" + gates.size();
    }

    /** Returns how often containers were restarted; of those that only prepare the pod, while they do so. */
    static String restarts(Cells pod) {
        int restarts = 0;
        String latest = "";
        boolean prepared = isPrepared(pod);
        List<JsonNode> statuses = new ArrayList<>();
        for (JsonNode status : pod.at("status", "initContainerStatuses")) {
            if (!prepared || isSidecar(pod, status.path("name").asText())) {
                statuses.add(status);
            }
        }
        if (prepared) {
            pod.at("status", "containerStatuses").forEach(statuses::add);
        }
        for (JsonNode status : statuses) {
            restarts += status.path("restartCount").asInt();
            String finished = status.path("lastState")
                    .path("terminated")
                    .path("finishedAt")
                    .asText("");
            latest = finished.compareTo(latest) > 0 ? finished : latest;
        }
        if (restarts == 0 || latest.isEmpty()) {
            return Integer.toString(restarts);
        }
        return restarts + " (" + pod.since(TextNode.valueOf(latest)) + " ago)";
    }

    /** Returns the condition of a row that tells clients that a pod is over. */
    static Optional<ObjectNode> finished(ResourceType type, Cells pod) {
        String phase = pod.textOr("", "status", "phase");
        boolean succeeded = phase.equals("Succeeded");
        if (!type.equals(ResourceCatalog.PODS) || (!succeeded && !phase.equals("Failed"))) {
            return Optional.empty();
        }
        return Optional.of(Json.object()
                .put("type", "Completed")
                .put("status", "True")
                .put("reason", phase)
                .put(
                        "message",
                        succeeded
                                ? "The pod has completed successfully."
                                : "The pod failed to complete successfully."));
    }

    static String status(Cells pod) {
        String phase = pod.textOr("Unknown", "status", "phase");
        String reason = isGated(pod) ? GATED : pod.textOr(phase, "status", "reason");
        String initializing = initializing(pod);
        if (!initializing.isEmpty()) {
            reason = initializing;
        }
        if (isPrepared(pod)) {
            reason = ofContainers(pod, reason);
        }
        boolean terminal = phase.equals("Succeeded") || phase.equals("Failed");
        if (pod.at("metadata").has("deletionTimestamp") && !terminal) {
            return "Terminating";
        }
        return reason;
    }

    // The first init container that is not done, or an empty text; before the node has seen the pod, there is none.
    private static String initializing(Cells pod) {
        JsonNode statuses = pod.at("status", "initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode status = statuses.path(i);
            JsonNode terminated = status.path("state").path("terminated");
            if (!terminated.isMissingNode() && terminated.path("exitCode").asInt() == 0) {
                continue;
            }
            if (isSidecar(pod, status.path("name").asText())
                    && status.path("started").asBoolean()) {
                continue;
            }
            if (!terminated.isMissingNode()) {
                return "Init:" + ended(terminated);
            }
            String waiting = status.path("state").path("waiting").path("reason").asText("");
            if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                return "Init:" + waiting;
            }
            return "Init:" + i + "/" + pod.at("spec", "initContainers").size();
        }
        return "";
    }

    private static String ofContainers(Cells pod, String before) {
        String reason = before;
        boolean running = false;
        List<JsonNode> statuses = new ArrayList<>();
        pod.at("status", "containerStatuses").forEach(statuses::add);
        Collections.reverse(statuses);
        for (JsonNode status : statuses) {
            JsonNode state = status.path("state");
            String waiting = state.path("waiting").path("reason").asText("");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (state.has("terminated")) {
                reason = ended(state.path("terminated"));
            } else if (isRunningAndReady(status)) {
                running = true;
            }
        }
        if (reason.equals("Completed") && running) {
            return isReady(pod) ? "Running" : "NotReady";
        }
        return reason;
    }

    private static String ended(JsonNode terminated) {
        String reason = terminated.path("reason").asText("");
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = terminated.path("signal").asInt();
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + terminated.path("exitCode").asInt();
    }

    private static boolean isReady(Cells pod) {
        return condition(pod, "Ready").path("status").asText().equals("True");
    }

    /** Says whether all that comes before the containers is done, or was once: a sidecar may start again. */
    private static boolean isPrepared(Cells pod) {
        return initializing(pod).isEmpty()
                || condition(pod, "Initialized").path("status").asText().equals("True");
    }

    private static boolean isGated(Cells pod) {
        return condition(pod, "PodScheduled").path("reason").asText().equals(GATED);
    }

    private static JsonNode condition(Cells pod, String type) {
        for (JsonNode condition : pod.at("status", "conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isRunningAndReady(JsonNode status) {
        return status.path("ready").asBoolean() && status.path("state").has("running");
    }

    private static boolean isSidecar(Cells pod, String name) {
        for (JsonNode container : pod.at("spec", "initContainers")) {
            if (container.path("name").asText().equals(name)) {
                return isSidecar(container);
            }
        }
        return false;
    }

    private static boolean isSidecar(JsonNode container) {
        return container.path("restartPolicy").asText().equals("Always");
    }

    private static JsonNode initStatus(Cells pod, String name) {
        for (JsonNode status : pod.at("status", "initContainerStatuses")) {
            if (status.path("name").asText().equals(name)) {
                return status;
            }
        }
        return MissingNode.getInstance();
    }
}
