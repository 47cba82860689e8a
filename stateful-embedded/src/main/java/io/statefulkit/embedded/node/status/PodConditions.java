package io.statefulkit.embedded.node.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the conditions of a pod, in the order in which Kubernetes has them. */
final class PodConditions {

    private static final Set<String> OWN =
            Set.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");

    private final PodRecord record;
    private final JsonNode before;
    private final long generation;
    private final Instant now;

    PodConditions(PodRecord record, JsonNode before, long generation, Instant now) {
        this.record = record;
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    void write(Pod pod, ArrayNode out) {
        for (JsonNode condition : before) {
            if (!OWN.contains(condition.path("type").asText())) {
                out.add(condition.deepCopy());
            }
        }
        boolean sandbox = record.sandbox() && !record.finished();
        add(out, "PodReadyToStartContainers", sandbox, "", "");
        initialized(out);
        ready(pod, out);
        scheduled(out);
    }

    private void initialized(ArrayNode out) {
        String phase = PodPhase.fromContainers(record);
        if (record.initialized()) {
            add(out, "Initialized", true, phase.equals("Succeeded") ? "PodCompleted" : "", "");
            return;
        }
        List<String> open = record.of(Role.INIT, Role.SIDECAR).stream()
                .filter(container -> container.role() == Role.INIT ? !container.succeeded() : !container.started())
                .map(ContainerRecord::name)
                .toList();
        add(out, "Initialized", false, "ContainersNotInitialized", "containers with incomplete status: " + words(open));
    }

    private void ready(Pod pod, ArrayNode out) {
        String phase = PodPhase.fromContainers(record);
        boolean ran = record.containers().stream()
                .anyMatch(container -> !container.containerId().isEmpty());
        if (ran && (phase.equals("Succeeded") || phase.equals("Failed"))) {
            String reason = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
            add(out, "Ready", false, reason, "");
            add(out, "ContainersReady", false, reason, "");
            return;
        }
        List<String> unready = record.of(Role.SIDECAR, Role.MAIN).stream()
                .filter(container -> !container.ready())
                .map(ContainerRecord::name)
                .toList();
        String message = unready.isEmpty() ? "" : "containers with unready status: " + words(unready);
        String gates = unready.isEmpty() ? closedGates(pod) : "";
        if (gates.isEmpty()) {
            add(out, "Ready", unready.isEmpty(), unready.isEmpty() ? "" : "ContainersNotReady", message);
        } else {
            add(out, "Ready", false, "ReadinessGatesNotReady", gates);
        }
        add(out, "ContainersReady", unready.isEmpty(), unready.isEmpty() ? "" : "ContainersNotReady", message);
    }

    private String closedGates(Pod pod) {
        return pod.getSpec().getReadinessGates().stream()
                .map(gate -> gate.getConditionType())
                .filter(type -> !"True".equals(find(type).path("status").asText()))
                .map(this::closed)
                .collect(Collectors.joining(", "));
    }

    private String closed(String type) {
        String status = find(type).path("status").asText("");
        return status.isEmpty()
                ? "corresponding condition of pod readiness gate \"" + type + "\" does not exist."
                : "the status of pod readiness gate \"" + type + "\" is not \"True\", but " + status;
    }

    private void scheduled(ArrayNode out) {
        ObjectNode condition = add(out, "PodScheduled", true, "", "");
        JsonNode old = find("PodScheduled");
        if (old.has("lastTransitionTime")) {
            condition.set("lastTransitionTime", old.get("lastTransitionTime"));
        }
    }

    private ObjectNode add(ArrayNode out, String type, boolean value, String reason, String message) {
        String status = value ? "True" : "False";
        JsonNode old = find(type);
        ObjectNode condition = out.addObject();
        condition.put("type", type);
        condition.put("observedGeneration", generation);
        condition.put("status", status);
        condition.putNull("lastProbeTime");
        boolean same = old.path("status").asText().equals(status) && old.has("lastTransitionTime");
        condition.put("lastTransitionTime", same ? old.get("lastTransitionTime").asText() : Times.text(now));
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        return condition;
    }

    private JsonNode find(String type) {
        for (JsonNode condition : before) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String words(List<String> names) {
        return new ArrayList<>(names).toString().replace(",", "");
    }
}
