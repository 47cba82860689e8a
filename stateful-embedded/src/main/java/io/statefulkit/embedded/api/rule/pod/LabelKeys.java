package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Keys of labels by which a pod means others with the value that it has itself, or with another one. */
public final class LabelKeys {

    private LabelKeys() {}

    /** Makes the keys part of the selectors of a new pod: whoever places it need not know of them. */
    public static void merge(ObjectNode pod) {
        JsonNode labels = Json.at(pod, "metadata", "labels");
        JsonNode spec = pod.path("spec");
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode affinity = Json.at(spec, "affinity", kind);
            for (JsonNode wish : affinity.path("preferredDuringSchedulingIgnoredDuringExecution")) {
                merge(wish.path("podAffinityTerm"), labels);
            }
            for (JsonNode term : affinity.path("requiredDuringSchedulingIgnoredDuringExecution")) {
                merge(term, labels);
            }
        }
        for (JsonNode constraint : spec.path("topologySpreadConstraints")) {
            merge(constraint, labels);
        }
    }

    private static void merge(JsonNode wish, JsonNode labels) {
        // Without a selector no pod is meant, whatever its labels are.
        if (wish.path("labelSelector") instanceof ObjectNode selector) {
            add(wish.path("matchLabelKeys"), "In", labels, selector);
            add(wish.path("mismatchLabelKeys"), "NotIn", labels, selector);
        }
    }

    private static void add(JsonNode keys, String operator, JsonNode labels, ObjectNode selector) {
        for (JsonNode key : keys) {
            JsonNode value = labels.path(key.asText(""));
            if (value.isTextual()) {
                ObjectNode expression = selector.withArray("matchExpressions").addObject();
                expression.put("key", key.asText("")).put("operator", operator);
                expression.putArray("values").add(value.asText());
            }
        }
    }
}
