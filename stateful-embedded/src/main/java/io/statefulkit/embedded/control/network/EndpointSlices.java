package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps the EndpointSlices of services that select pods. */
public final class EndpointSlices extends ServiceController {

    private static final String MANAGER = "endpointslice-controller.k8s.io";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String SERVICE = "kubernetes.io/service-name";
    private static final ResourceType SLICES = ResourceCatalog.ENDPOINT_SLICES;

    /** Makes the controller. */
    public EndpointSlices(Api api, Clock clock) {
        super(api, clock, "endpoint-slice-controller");
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        cluster()
                .find(ResourceCatalog.SERVICES, key)
                .filter(service -> ServiceBackends.managed(service) && !service.deleting())
                .ifPresent(this::sync);
        return Optional.empty();
    }

    private void sync(Resource service) {
        List<Resource> slices = cluster()
                .api()
                .list(
                        SLICES,
                        service.namespace(),
                        ListOptions.labels(SERVICE + "=" + service.name() + "," + MANAGED_BY + "=" + MANAGER))
                .items()
                .stream()
                .map(Resource::new)
                .toList();
        List<SlicePlan.Content> contents = new SlicePlan(service, ServiceBackends.of(service, cluster())).next(slices);
        boolean kept = false;
        for (int i = 0; i < slices.size(); i++) {
            boolean placeholder = contents.get(i).endpoints().isEmpty();
            boolean others = kept
                    || contents.subList(i + 1, contents.size()).stream()
                            .anyMatch(each -> !each.endpoints().isEmpty());
            if (placeholder && others) {
                cluster().delete(SLICES, slices.get(i));
            } else {
                update(service, slices.get(i), contents.get(i));
                kept = true;
            }
        }
        for (SlicePlan.Content content : contents.subList(slices.size(), contents.size())) {
            create(service, content);
            kept = true;
        }
        if (!kept) {
            create(
                    service,
                    new SlicePlan.Content(
                            Json.object().arrayNode(), Json.object().arrayNode()));
        }
    }

    private void update(Resource service, Resource slice, SlicePlan.Content content) {
        ObjectNode labels = labels(service);
        ObjectNode wanted = fill(Json.object(), content);
        boolean same = sameList(slice.json().path("endpoints"), wanted.path("endpoints"))
                && sameList(slice.json().path("ports"), wanted.path("ports"))
                && Json.same(slice.json().path("metadata").path("labels"), labels);
        if (!same) {
            cluster().edit(SLICES, slice, current -> {
                Trees.metadata(current).set("labels", labels);
                touch(current);
                fill(current, content);
            });
        }
    }

    /** An absent list, null and an empty one are the same. */
    private static boolean sameList(JsonNode one, JsonNode other) {
        return one.isEmpty() ? other.isEmpty() : Json.same(one, other);
    }

    private void create(Resource service, SlicePlan.Content content) {
        ObjectNode body = Json.object();
        body.put("kind", "EndpointSlice").put("apiVersion", "discovery.k8s.io/v1");
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("generateName", service.name() + "-").put("namespace", service.namespace());
        metadata.set("labels", labels(service));
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(service));
        body.put("addressType", "IPv4");
        fill(body, content);
        create(SLICES, service, body);
    }

    private static ObjectNode fill(ObjectNode slice, SlicePlan.Content content) {
        if (content.endpoints().isEmpty()) {
            slice.putNull("endpoints").putNull("ports");
        } else {
            slice.set("endpoints", content.endpoints());
            slice.set("ports", content.ports());
        }
        return slice;
    }

    private static ObjectNode labels(Resource service) {
        return labels(service, MANAGED_BY, MANAGER).put(SERVICE, service.name());
    }
}
