package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Refuses what would exceed a resource quota of its namespace. What is used is counted anew each time, one write after the
 * other, so that two writes at the same time do not both get the last place.
 */
public final class Quotas {

    private static final Set<String> TO_BE_NAMED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
    /** The kinds whose changes may use more; of all others only creation counts. */
    private static final Set<ResourceType> GROWING =
            Set.of(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, ResourceCatalog.SERVICES);

    private final List<ResourceType> types = new ResourceCatalog().types();
    private final ObjectStore store;
    private final Clock clock;
    private final Object oneByOne = new Object();

    public Quotas(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Stores an object if the quotas allow it, and counts it. */
    public Optional<ObjectNode> counting(
            ResourceType type, ObjectNode old, ObjectNode object, Supplier<Optional<ObjectNode>> action) {
        if (!matters(type, old) || quotas(object).isEmpty()) {
            return action.get();
        }
        synchronized (oneByOne) {
            check(type, old, object);
            Optional<ObjectNode> stored = action.get();
            if (stored.isPresent()) {
                quotas(object).forEach(this::count);
            }
            return stored;
        }
    }

    /** Refuses an object that uses too much. */
    public void check(ResourceType type, ObjectNode old, ObjectNode object) {
        if (matters(type, old)) {
            for (ObjectNode quota : quotas(object)) {
                check(quota, type, old, object);
            }
        }
    }

    private static boolean matters(ResourceType type, ObjectNode old) {
        return type.namespaced() && (old.isEmpty() || GROWING.contains(type));
    }

    private List<ObjectNode> quotas(ObjectNode object) {
        return store.list(ResourceCatalog.RESOURCE_QUOTAS.qualified(), Json.text(object, "metadata", "namespace"))
                .objects();
    }

    private void check(ObjectNode quota, ResourceType type, ObjectNode old, ObjectNode object) {
        Usage wanted = QuotaUsage.of(quota, type, object, clock.instant());
        Usage before = old.isEmpty() ? new Usage() : QuotaUsage.of(quota, type, old, clock.instant());
        Usage requested = wanted.above(before);
        String name = Json.text(object, "metadata", "name");
        if (type.equals(ResourceCatalog.PODS) && QuotaScopes.match(quota, type, object)) {
            demandAmounts(quota, object, name);
        }
        if (requested.names().isEmpty()) {
            return;
        }
        Usage hard = Usage.of(quota.path("spec").path("hard"));
        Usage used = Usage.of(status(quota).path("used"));
        Set<String> exceeded = new HashSet<>(requested.names());
        exceeded.removeIf(each -> used.of(each).add(requested.of(each)).compareTo(hard.of(each)) <= 0);
        if (!exceeded.isEmpty()) {
            throw Failures.forbidden(
                    type,
                    name,
                    "exceeded quota: " + Json.text(quota, "metadata", "name") + ", requested: "
                            + requested.only(exceeded).text() + ", used: "
                            + used.only(exceeded).text() + ", limited: "
                            + hard.only(exceeded).text());
        }
    }

    /** Where processors or memory are limited, each container has to say how much it takes. */
    private static void demandAmounts(ObjectNode quota, ObjectNode pod, String name) {
        Set<String> required = QuotaUsage.names(quota);
        required.retainAll(TO_BE_NAMED);
        Map<String, Set<String>> missing = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                required.stream()
                        .filter(each -> !says(container, each))
                        .forEach(each -> missing.computeIfAbsent(each, any -> new TreeSet<>())
                                .add(container.path("name").asText()));
            }
        }
        if (!missing.isEmpty()) {
            List<String> texts = new ArrayList<>();
            missing.forEach((resource, containers) -> texts.add(resource + " for: " + String.join(",", containers)));
            throw Failures.forbidden(
                    ResourceCatalog.PODS,
                    name,
                    "failed quota: " + Json.text(quota, "metadata", "name") + ": must specify "
                            + String.join("; ", texts));
        }
    }

    private static boolean says(JsonNode container, String name) {
        String list = name.startsWith("limits.") ? "limits" : "requests";
        String resource = name.substring(name.indexOf('.') + 1);
        return container.path("resources").path(list).has(resource);
    }

    private ObjectNode status(ObjectNode quota) {
        String namespace = Json.text(quota, "metadata", "namespace");
        return QuotaUsage.status(
                quota, types, type -> store.list(type.qualified(), namespace).objects(), clock.instant());
    }

    /** Whoever reads the quota right after the answer sees the object counted. */
    private void count(ObjectNode quota) {
        ObjectNode next = quota.deepCopy();
        next.set("status", status(quota));
        String namespace = Json.text(quota, "metadata", "namespace");
        String name = Json.text(quota, "metadata", "name");
        store.replace(Target.key(ResourceCatalog.RESOURCE_QUOTAS, namespace, name), quota, next);
    }
}
