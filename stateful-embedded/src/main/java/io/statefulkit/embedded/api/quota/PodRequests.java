package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.value.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What the containers of a pod ask for, all together: those that run at the same time are added up. */
public final class PodRequests {

    private PodRequests() {}

    /** Returns how much of a resource, such as {@code cpu}, a pod requests; in cores or bytes. */
    public static BigDecimal of(JsonNode podSpec, String resource) {
        return total(podSpec, "requests").of(resource);
    }

    /** Returns how much of each resource a pod requests; what it requests nothing of is left out. */
    public static Map<String, BigDecimal> all(JsonNode podSpec) {
        Usage total = total(podSpec, "requests");
        Map<String, BigDecimal> all = new TreeMap<>();
        total.names().forEach(name -> all.put(name, total.of(name)));
        all.values().removeIf(amount -> amount.signum() == 0);
        return all;
    }

    /** Returns how much a quantity such as {@code 500m} or {@code 1Gi} is; 0 when it is none. */
    public static BigDecimal amount(JsonNode quantity) {
        return Quantity.parse(quantity).orElse(BigDecimal.ZERO);
    }

    /** Adds up {@code requests} or {@code limits}. */
    static Usage total(JsonNode podSpec, String list) {
        Usage sidecars = new Usage();
        Usage starting = new Usage();
        for (JsonNode container : podSpec.path("initContainers")) {
            Usage own = Usage.of(container.path("resources").path(list));
            if (container.path("restartPolicy").asText().equals("Always")) {
                sidecars.addAll(own);
                starting = starting.max(sidecars);
            } else {
                own.addAll(sidecars);
                starting = starting.max(own);
            }
        }
        Usage running = sidecars;
        for (JsonNode container : podSpec.path("containers")) {
            running.addAll(Usage.of(container.path("resources").path(list)));
        }
        Usage total = running.max(starting);
        total.addAll(Usage.of(podSpec.path("overhead")));
        return total;
    }
}
