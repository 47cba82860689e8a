package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a service's endpoints are spread over slices: known ones stay where they are, new ones fill gaps. */
final class SlicePlan {

    private static final int MAX_ENDPOINTS = 100;

    private final Map<JsonNode, Map<String, ObjectNode>> wanted = new LinkedHashMap<>();

    SlicePlan(Resource service, List<Backend> backends) {
        for (Backend backend : backends) {
            ArrayNode ports = ports(service, backend);
            if (!ports.isEmpty() || service.spec().path("ports").isEmpty()) {
                wanted.computeIfAbsent(ports, any -> new LinkedHashMap<>())
                        .put(backend.pod().uid(), backend.endpoint());
            }
        }
    }

    /**
     * What slices should say.
     *
     * @param existing the slices there are
     * @return the contents of each slice: first those of existing ones in their order, then those of new ones
     */
    List<Content> next(List<Resource> existing) {
        List<Content> contents = new ArrayList<>();
        Map<JsonNode, Map<String, ObjectNode>> open = new HashMap<>();
        wanted.forEach((ports, endpoints) -> open.put(ports, new LinkedHashMap<>(endpoints)));
        for (Resource slice : existing) {
            JsonNode ports = slice.json().path("ports");
            ArrayNode endpoints = Json.object().arrayNode();
            Map<String, ObjectNode> left = open.getOrDefault(ports, new HashMap<>());
            slice.json().path("endpoints").forEach(endpoint -> {
                ObjectNode still =
                        left.remove(endpoint.path("targetRef").path("uid").asText());
                if (still != null) {
                    endpoints.add(still);
                }
            });
            contents.add(new Content(ports, endpoints));
        }
        wanted.keySet().forEach(ports -> fill(contents, ports, open.getOrDefault(ports, Map.of())));
        return contents;
    }

    /** Puts what has no slice yet into slices with the same ports, then empty ones, then new ones. */
    private static void fill(List<Content> contents, JsonNode ports, Map<String, ObjectNode> left) {
        for (ObjectNode endpoint : left.values()) {
            Content target = null;
            for (int i = 0; i < contents.size() && target == null; i++) {
                Content each = contents.get(i);
                if (each.ports().equals(ports) && each.endpoints().size() < MAX_ENDPOINTS) {
                    target = each;
                } else if (each.endpoints().isEmpty()) {
                    target = new Content(ports, each.endpoints());
                    contents.set(i, target);
                }
            }
            if (target == null) {
                target = new Content(ports, Json.object().arrayNode());
                contents.add(target);
            }
            target.endpoints().add(endpoint);
        }
    }

    private static ArrayNode ports(Resource service, Backend backend) {
        ArrayNode ports = Json.object().arrayNode();
        for (JsonNode servicePort : service.spec().path("ports")) {
            backend.port(servicePort)
                    .ifPresent(port -> ports.addObject()
                            .put("name", servicePort.path("name").asText(""))
                            .put("protocol", Backend.protocol(servicePort))
                            .put("port", port));
        }
        return ports;
    }

    /**
     * What a slice says.
     *
     * @param ports its ports
     * @param endpoints its endpoints; a slice without any is a placeholder
     */
    record Content(JsonNode ports, ArrayNode endpoints) {}
}
