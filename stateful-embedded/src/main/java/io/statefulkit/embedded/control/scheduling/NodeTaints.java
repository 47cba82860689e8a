package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The taints that the control plane itself puts on nodes, and how long pods put up with any. Pure. */
final class NodeTaints {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final Set<String> OWN = Set.of(NOT_READY, UNREACHABLE, UNSCHEDULABLE);

    private NodeTaints() {}

    /** Returns the taints a node should have; those of others stay as they are. */
    static List<ObjectNode> wanted(Resource node, Instant now) {
        List<ObjectNode> taints = new ArrayList<>();
        node.spec().path("taints").forEach(taint -> {
            if (!OWN.contains(taint.path("key").asText(""))) {
                taints.add(taint.deepCopy());
            }
        });
        if (node.spec().path("unschedulable").asBoolean(false)) {
            taints.add(taint(node, UNSCHEDULABLE, "NoSchedule", now));
        }
        String ready = node.condition("Ready").path("status").asText("True");
        if (!ready.equals("True")) {
            String key = ready.equals("False") ? NOT_READY : UNREACHABLE;
            taints.add(taint(node, key, "NoSchedule", now));
            taints.add(taint(node, key, "NoExecute", now));
        }
        return taints;
    }

    private static ObjectNode taint(Resource node, String key, String effect, Instant now) {
        for (JsonNode old : node.spec().path("taints")) {
            if (old.path("key").asText("").equals(key)
                    && old.path("effect").asText("").equals(effect)) {
                return old.deepCopy();
            }
        }
        ObjectNode taint = node.json().objectNode().put("key", key).put("effect", effect);
        return taint.put("timeAdded", Times.seconds(now));
    }

    /** Sets the taints of a node. */
    static void write(ObjectNode node, List<ObjectNode> taints) {
        ObjectNode spec = Json.child(node, "spec");
        if (taints.isEmpty()) {
            spec.remove("taints");
        } else {
            ArrayNode list = spec.putArray("taints");
            taints.forEach(list::add);
        }
    }

    /** Returns in how long a pod has to leave its node; empty when it may stay. */
    static Optional<Duration> leavesIn(Resource pod, Resource node, Instant now) {
        Optional<Duration> soonest = Optional.empty();
        for (JsonNode taint : node.spec().path("taints")) {
            if (taint.path("effect").asText("").equals("NoExecute")) {
                Optional<Duration> stays = stays(pod, taint, now);
                if (stays.isPresent() && (soonest.isEmpty() || stays.get().compareTo(soonest.get()) < 0)) {
                    soonest = stays;
                }
            }
        }
        return soonest;
    }

    private static Optional<Duration> stays(Resource pod, JsonNode taint, Instant now) {
        boolean tolerated = false;
        Optional<Duration> shortest = Optional.empty();
        String added = taint.path("timeAdded").asText("");
        Instant since = added.isEmpty() ? now : Times.parse(added);
        for (JsonNode toleration : pod.spec().path("tolerations")) {
            if (Tolerations.covers(
                    toleration,
                    taint.path("key").asText(""),
                    taint.path("value").asText(""),
                    "NoExecute")) {
                tolerated = true;
                if (toleration.has("tolerationSeconds")) {
                    Duration left = Duration.between(
                            now,
                            since.plusSeconds(
                                    toleration.path("tolerationSeconds").asLong()));
                    shortest =
                            shortest.filter(other -> other.compareTo(left) < 0).or(() -> Optional.of(left));
                }
            }
        }
        return tolerated ? shortest : Optional.of(Duration.ZERO);
    }
}
