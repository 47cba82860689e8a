package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The two shapes of an event: that of {@code v1}, in which it is stored, and that of {@code events.k8s.io/v1}. */
final class EventShapes {

    private static final Map<String, String> STORED = new LinkedHashMap<>();
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    static {
        STORED.put("regarding", "involvedObject");
        STORED.put("note", "message");
        STORED.put("reportingController", "reportingComponent");
        STORED.put("deprecatedSource", "source");
        STORED.put("deprecatedFirstTimestamp", "firstTimestamp");
        STORED.put("deprecatedLastTimestamp", "lastTimestamp");
        STORED.put("deprecatedCount", "count");
        STORED.forEach((shown, stored) -> SHOWN.put(stored, shown));
    }

    private static final Pattern FIRST_STEP = Pattern.compile("^/([^/]+)");

    private EventShapes() {}

    /** Returns an event, or what is to be merged into one, as it is stored. */
    static JsonNode stored(JsonNode shown) {
        if (shown.isArray()) {
            return storedSteps(shown);
        }
        return shown instanceof ObjectNode object ? renamed(object, STORED, ResourceCatalog.EVENTS) : shown;
    }

    /** Returns an event as it is shown; another object, such as a bookmark or a status, with its type only. */
    static ObjectNode shown(ObjectNode stored) {
        if (stored.path("kind").asText().equals("Status")) {
            return stored;
        }
        ObjectNode shown = renamed(stored, SHOWN, ResourceCatalog.GROUP_EVENTS);
        for (String field : new String[] {"reportingController", "reportingInstance"}) {
            if (shown.has(field) && shown.path(field).asText().isEmpty()) {
                shown.remove(field);
            }
        }
        return shown;
    }

    /** Returns a selector of fields with the names of what is stored. */
    static String selector(String shown) {
        String selector = shown.replace("regarding.", "involvedObject.");
        return selector.replace("reportingController", "reportingComponent");
    }

    // JSON patch: a list of operations on paths.
    private static JsonNode storedSteps(JsonNode operations) {
        JsonNode steps = operations.deepCopy();
        for (JsonNode step : steps) {
            for (String pointer : new String[] {"path", "from"}) {
                if (step instanceof ObjectNode object && step.path(pointer).isTextual()) {
                    String path = FIRST_STEP
                            .matcher(step.path(pointer).asText())
                            .replaceFirst(first -> "/" + STORED.getOrDefault(first.group(1), first.group(1)));
                    object.put(pointer, path);
                }
            }
        }
        return steps;
    }

    private static ObjectNode renamed(ObjectNode event, Map<String, String> names, ResourceType type) {
        ObjectNode renamed = Json.object();
        event.properties()
                .forEach(field -> renamed.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        if (event.has("apiVersion")) {
            renamed.put("apiVersion", type.apiVersion());
        }
        return renamed;
    }
}
