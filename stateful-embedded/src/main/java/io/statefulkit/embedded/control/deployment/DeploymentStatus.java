package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The status of a deployment: a pure function of its replica sets, its last status and the time. */
final class DeploymentStatus {

    private final DeploymentSpec spec;
    private final Replicas sets;
    private final Instant now;
    private final JsonNode before;
    private final DeploymentConditions conditions;
    private final int updated;

    DeploymentStatus(DeploymentSpec spec, Replicas sets, Instant now) {
        this.spec = spec;
        this.sets = sets;
        this.now = now;
        this.before = spec.deployment().status();
        this.conditions = new DeploymentConditions(spec.deployment(), now);
        this.updated =
                sets.current().map(set -> Replicas.status(set, "replicas")).orElse(0);
    }

    /** The status during a rollout. */
    ObjectNode rollout() {
        availability();
        if (spec.progressDeadline().isEmpty()) {
            conditions.remove(DeploymentConditions.PROGRESSING);
        } else {
            progress();
        }
        failures();
        return json();
    }

    /** The status of a deployment that is paused, scaled or deleted. */
    ObjectNode still() {
        availability();
        return json();
    }

    /** When to look whether the deadline has passed. */
    Optional<Duration> deadlineIn() {
        boolean watched =
                !complete() && !conditions.get(DeploymentConditions.PROGRESSING).isMissingNode();
        if (!watched
                || spec.paused()
                || conditions.reason(DeploymentConditions.PROGRESSING).equals("ProgressDeadlineExceeded")) {
            return Optional.empty();
        }
        return spec.progressDeadline()
                .map(deadline ->
                        Duration.between(now, lastUpdate().plus(deadline)).plusSeconds(1))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    boolean complete() {
        return updated == spec.replicas()
                && sets.count("replicas") == spec.replicas()
                && sets.count("availableReplicas") == spec.replicas()
                && before.path("observedGeneration").asLong(0)
                        >= spec.deployment().generation();
    }

    private void availability() {
        int available = sets.count("availableReplicas");
        if (available >= spec.replicas() - spec.maxUnavailable()) {
            conditions.set(
                    DeploymentConditions.AVAILABLE,
                    "True",
                    "MinimumReplicasAvailable",
                    "Deployment has minimum availability.");
        } else {
            conditions.set(
                    DeploymentConditions.AVAILABLE,
                    "False",
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.");
        }
    }

    private void progress() {
        boolean done = sets.count("replicas") == updated
                && conditions.reason(DeploymentConditions.PROGRESSING).equals("NewReplicaSetAvailable");
        if (done) {
            return;
        }
        String what = sets.current()
                .map(set -> "ReplicaSet \"" + set.name() + "\"")
                .orElse("Deployment \"" + spec.deployment().name() + "\"");
        if (completeNow()) {
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "True",
                    "NewReplicaSetAvailable",
                    what + " has successfully progressed.");
        } else if (progressed()) {
            conditions.put(DeploymentConditions.PROGRESSING, "True", "ReplicaSetUpdated", what + " is progressing.");
        } else if (timedOut()) {
            conditions.set(
                    DeploymentConditions.PROGRESSING,
                    "False",
                    "ProgressDeadlineExceeded",
                    what + " has timed out progressing.");
        }
    }

    private boolean completeNow() {
        return updated == spec.replicas()
                && sets.count("replicas") == spec.replicas()
                && sets.count("availableReplicas") == spec.replicas();
    }

    private boolean progressed() {
        int oldBefore = count("replicas") - count("updatedReplicas");
        return updated > count("updatedReplicas")
                || sets.count("replicas") - updated < oldBefore
                || sets.count("readyReplicas") > count("readyReplicas")
                || sets.count("availableReplicas") > count("availableReplicas");
    }

    private boolean timedOut() {
        JsonNode condition = conditions.get(DeploymentConditions.PROGRESSING);
        String reason = condition.path("reason").asText("");
        if (condition.isMissingNode() || reason.equals("NewReplicaSetAvailable")) {
            return false;
        }
        return reason.equals("ProgressDeadlineExceeded")
                || spec.progressDeadline()
                        .filter(deadline -> lastUpdate().plus(deadline).isBefore(now))
                        .isPresent();
    }

    private Instant lastUpdate() {
        return Times.parse(conditions
                .get(DeploymentConditions.PROGRESSING)
                .path("lastUpdateTime")
                .asText(""));
    }

    private void failures() {
        Optional<JsonNode> failure = sets.all().stream()
                .map(set -> set.condition(DeploymentConditions.REPLICA_FAILURE))
                .filter(condition -> condition.path("status").asText("").equals("True"))
                .reduce((first, second) -> second);
        if (failure.isEmpty()) {
            conditions.remove(DeploymentConditions.REPLICA_FAILURE);
        } else if (!conditions
                .reason(DeploymentConditions.REPLICA_FAILURE)
                .equals(failure.get().path("reason").asText())) {
            conditions.remove(DeploymentConditions.REPLICA_FAILURE);
            ObjectNode copy = failure.get().deepCopy();
            copy.put("lastUpdateTime", copy.path("lastTransitionTime").asText());
            conditions.list().add(copy);
        }
    }

    private int count(String field) {
        return before.path(field).asInt(0);
    }

    private ObjectNode json() {
        ObjectNode status = Json.object();
        status.put("observedGeneration", spec.deployment().generation());
        put(status, "replicas", sets.count("replicas"));
        put(status, "updatedReplicas", updated);
        put(status, "readyReplicas", sets.count("readyReplicas"));
        put(status, "availableReplicas", sets.count("availableReplicas"));
        put(status, "unavailableReplicas", Math.max(0, sets.totalWanted() - sets.count("availableReplicas")));
        status.put("terminatingReplicas", sets.count("terminatingReplicas"));
        status.set("conditions", conditions.list());
        if (before.has("collisionCount")) {
            status.set("collisionCount", before.path("collisionCount"));
        }
        return status;
    }

    private static void put(ObjectNode status, String field, int value) {
        if (value != 0) {
            status.put(field, value);
        }
    }
}
