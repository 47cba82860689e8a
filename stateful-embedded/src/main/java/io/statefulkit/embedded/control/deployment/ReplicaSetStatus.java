package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts the pods of a replica set. */
final class ReplicaSetStatus {

    private static final String FAILURE = "ReplicaFailure";

    private ReplicaSetStatus() {}

    static ObjectNode of(Resource set, List<Resource> pods, Optional<Failure> failure, Instant now) {
        List<Resource> active = pods.stream().filter(Pods::active).toList();
        JsonNode labels = set.spec().path("template").path("metadata").path("labels");
        int minReady = set.spec().path("minReadySeconds").asInt(0);
        ObjectNode status = Json.object();
        status.put("replicas", active.size());
        put(
                status,
                "fullyLabeledReplicas",
                active.stream()
                        .filter(pod -> Selector.matchesLabels(
                                labels, pod.json().path("metadata").path("labels")))
                        .count());
        put(
                status,
                "readyReplicas",
                active.stream().filter(pod -> pod.is("Ready")).count());
        put(
                status,
                "availableReplicas",
                active.stream()
                        .filter(pod -> Pods.available(pod, minReady, now))
                        .count());
        status.put(
                "terminatingReplicas",
                pods.stream()
                        .filter(pod -> pod.deleting() && !Pods.terminal(pod))
                        .count());
        status.put("observedGeneration", set.generation());
        failure.ifPresent(problem -> failed(status.putArray("conditions"), set, problem, now));
        return status;
    }

    private static void failed(ArrayNode conditions, Resource set, Failure problem, Instant now) {
        JsonNode before = set.condition(FAILURE);
        if (!before.isMissingNode()) {
            // What was said first stays until it is over.
            conditions.add(before.deepCopy());
            return;
        }
        boolean tooMany = set.spec().path("replicas").asInt(1)
                < set.status().path("replicas").asInt(0);
        conditions
                .addObject()
                .put("type", FAILURE)
                .put("status", "True")
                .put("lastTransitionTime", Times.seconds(now))
                .put("reason", tooMany ? "FailedDelete" : "FailedCreate")
                .put("message", problem.getMessage());
    }

    private static void put(ObjectNode status, String field, long value) {
        if (value != 0) {
            status.put(field, value);
        }
    }
}
