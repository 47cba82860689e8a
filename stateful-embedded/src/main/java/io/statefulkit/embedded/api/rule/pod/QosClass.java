package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Works out the quality of service that a pod gets. */
public final class QosClass {

    private QosClass() {}

    public static String of(JsonNode spec) {
        List<JsonNode> containers = new ArrayList<>();
        spec.path("containers").forEach(containers::add);
        spec.path("initContainers").forEach(containers::add);
        if (containers.stream().allMatch(QosClass::asksForNothing)) {
            return "BestEffort";
        }
        return containers.stream().allMatch(QosClass::limitsEverything) ? "Guaranteed" : "Burstable";
    }

    private static boolean asksForNothing(JsonNode container) {
        return List.of("requests", "limits").stream()
                .map(kind -> Json.at(container, "resources", kind))
                .noneMatch(amounts -> amounts.has("cpu") || amounts.has("memory"));
    }

    private static boolean limitsEverything(JsonNode container) {
        JsonNode limits = Json.at(container, "resources", "limits");
        JsonNode requests = Json.at(container, "resources", "requests");
        return List.of("cpu", "memory").stream()
                .allMatch(name -> limits.has(name)
                        && (!requests.has(name) || Quantity.same(requests.path(name), limits.path(name))));
    }
}
