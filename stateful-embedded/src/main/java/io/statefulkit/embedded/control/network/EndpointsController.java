package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Keeps the Endpoints of services that select pods. */
public final class EndpointsController extends ServiceController {

    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final ResourceType ENDPOINTS = ResourceCatalog.ENDPOINTS;

    /** Makes the controller. */
    public EndpointsController(Api api, Clock clock) {
        super(api, clock, "endpoint-controller");
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        Optional<Resource> service = cluster().find(ResourceCatalog.SERVICES, key);
        Optional<Resource> endpoints = cluster().find(ENDPOINTS, key);
        if (service.isEmpty()) {
            endpoints
                    .filter(there -> there.label(MANAGED_BY).equals(name()))
                    .ifPresent(there -> cluster().delete(ENDPOINTS, there));
        } else if (ServiceBackends.managed(service.get())) {
            sync(service.get(), endpoints);
        }
        return Optional.empty();
    }

    private void sync(Resource service, Optional<Resource> endpoints) {
        ArrayNode subsets = subsets(service, ServiceBackends.of(service, cluster()));
        ObjectNode labels = labels(service, MANAGED_BY, name());
        if (endpoints.isEmpty()) {
            create(service, labels, subsets);
            return;
        }
        Resource there = endpoints.get();
        boolean same = Json.same(list(there.json().path("subsets")), subsets)
                && Json.same(there.json().path("metadata").path("labels"), labels);
        if (!same) {
            cluster().edit(ENDPOINTS, there, current -> {
                Trees.metadata(current).set("labels", labels);
                touch(current);
                put(current, subsets);
            });
        }
    }

    private void create(Resource service, ObjectNode labels, ArrayNode subsets) {
        ObjectNode body = Json.object();
        body.put("kind", "Endpoints").put("apiVersion", "v1");
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("name", service.name()).put("namespace", service.namespace());
        metadata.set("labels", labels);
        put(body, subsets);
        create(ENDPOINTS, service, body);
    }

    private static void put(ObjectNode endpoints, ArrayNode subsets) {
        if (subsets.isEmpty()) {
            endpoints.remove("subsets");
        } else {
            endpoints.set("subsets", subsets);
        }
    }

    private static ArrayNode list(JsonNode subsets) {
        return subsets instanceof ArrayNode array ? array : Json.object().arrayNode();
    }

    /** One subset for each combination of ports that pods offer. */
    private static ArrayNode subsets(Resource service, List<Backend> backends) {
        Map<JsonNode, ObjectNode> subsets = new LinkedHashMap<>();
        for (Backend backend : backends) {
            if (backend.terminating() && !Backend.publishesNotReady(service)) {
                continue;
            }
            ArrayNode ports = ports(service, backend);
            boolean named = ports.isEmpty() && !service.spec().path("ports").isEmpty();
            if (named) {
                continue;
            }
            ObjectNode subset = subsets.computeIfAbsent(ports, any -> Json.object());
            boolean ready = backend.serving() || Backend.publishesNotReady(service);
            subset.withArray(ready ? "addresses" : "notReadyAddresses").add(backend.address());
        }
        ArrayNode list = Json.object().arrayNode();
        subsets.forEach((ports, subset) -> {
            if (!ports.isEmpty()) {
                subset.set("ports", ports);
            }
            list.add(subset);
        });
        return list;
    }

    private static ArrayNode ports(Resource service, Backend backend) {
        ArrayNode ports = Json.object().arrayNode();
        for (JsonNode servicePort : service.spec().path("ports")) {
            OptionalInt port = backend.port(servicePort);
            if (port.isPresent()) {
                ObjectNode entry = ports.addObject();
                if (!servicePort.path("name").asText("").isEmpty()) {
                    entry.put("name", servicePort.path("name").asText());
                }
                entry.put("port", port.getAsInt()).put("protocol", Backend.protocol(servicePort));
            }
        }
        return ports;
    }
}
