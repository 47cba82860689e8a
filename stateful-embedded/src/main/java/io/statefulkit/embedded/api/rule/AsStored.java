package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as a message about them shows them: an API server checks its own types, whose fields have other names than those
 * of JSON and are all there.
 */
public final class AsStored {

    private AsStored() {}

    /** Returns these fields of a structure in this order, null where they are not given. */
    public static ObjectNode fields(JsonNode value, List<String> fields) {
        ObjectNode shown = Json.object();
        for (String field : fields) {
            JsonNode given = value.path(field);
            shown.set(name(field), given.isMissingNode() ? shown.nullNode() : given);
        }
        return shown;
    }

    /** Returns what a field is mostly called there. */
    public static String name(String field) {
        return Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    /** Returns a map, whose keys are in order there. */
    public static JsonNode map(JsonNode map) {
        if (!map.isObject()) {
            return map;
        }
        ObjectNode shown = Json.object();
        List<String> keys = new ArrayList<>();
        map.fieldNames().forEachRemaining(keys::add);
        keys.stream().sorted().forEach(key -> shown.set(key, map.path(key)));
        return shown;
    }

    /** Returns a selector of labels. */
    public static JsonNode selector(JsonNode selector) {
        ObjectNode shown = Json.object();
        if (!selector.path("matchLabels").isEmpty()) {
            shown.set("matchLabels", map(selector.path("matchLabels")));
        }
        if (!selector.path("matchExpressions").isEmpty()) {
            shown.set("matchExpressions", selector.path("matchExpressions"));
        }
        return shown;
    }

    /** Returns a strategy of a workload. */
    public static ObjectNode strategy(JsonNode strategy, List<String> fieldsOfRolling) {
        ObjectNode shown = fields(strategy, List.of("type", "rollingUpdate"));
        if (strategy.path("rollingUpdate").isObject()) {
            shown.set("RollingUpdate", fields(strategy.path("rollingUpdate"), fieldsOfRolling));
        }
        return shown;
    }

    /** Returns what tells ports of a service apart. */
    public static ObjectNode portKey(JsonNode port) {
        ObjectNode shown = Json.object().put("Name", "").put("Protocol", Json.text(port, "protocol"));
        shown.putNull("AppProtocol");
        return shown.put("Port", port.path("port").asInt()).put("TargetPort", 0).put("NodePort", 0);
    }
}
