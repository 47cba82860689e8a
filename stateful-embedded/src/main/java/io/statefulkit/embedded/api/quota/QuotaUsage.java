package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What objects use of a resource quota. */
public final class QuotaUsage {

    private static final String STORAGE = "requests.storage";
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");
    private static final Set<ResourceType> COUNTED_BY_NAME =
            Set.of(ResourceCatalog.CONFIG_MAPS, ResourceCatalog.SECRETS, ResourceCatalog.RESOURCE_QUOTAS);

    private QuotaUsage() {}

    /**
     * Returns the status of a quota.
     *
     * @param quota the quota
     * @param types all kinds
     * @param objects lists the objects of a kind in the namespace of the quota
     * @param now the time
     */
    public static ObjectNode status(
            ObjectNode quota,
            List<ResourceType> types,
            Function<ResourceType, ? extends Iterable<ObjectNode>> objects,
            Instant now) {
        Set<String> names = names(quota);
        Usage used = new Usage();
        for (ResourceType type : types) {
            if (names.stream().anyMatch(name -> about(name, type))) {
                for (ObjectNode object : objects.apply(type)) {
                    used.addAll(of(quota, type, object, now));
                }
            }
        }
        ObjectNode status = Json.object();
        status.set("hard", quota.path("spec").path("hard").deepCopy());
        used.only(names).write(status.putObject("used"));
        return status;
    }

    static Set<String> names(ObjectNode quota) {
        Set<String> names = new HashSet<>();
        quota.path("spec").path("hard").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns what one object uses of a quota. */
    static Usage of(ObjectNode quota, ResourceType type, ObjectNode object, Instant now) {
        Usage usage = QuotaScopes.match(quota, type, object) ? all(type, object, now) : new Usage();
        Set<String> names = new HashSet<>(usage.names());
        names.retainAll(names(quota));
        return usage.only(names);
    }

    private static Usage all(ResourceType type, ObjectNode object, Instant now) {
        Usage usage = new Usage();
        usage.add("count/" + type.qualified(), 1);
        if (COUNTED_BY_NAME.contains(type)) {
            usage.add(type.plural(), 1);
        } else if (type.equals(ResourceCatalog.PODS)) {
            pod(object, now, usage);
        } else if (type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            claim(object, usage);
        } else if (type.equals(ResourceCatalog.SERVICES)) {
            service(object, usage);
        }
        return usage;
    }

    private static void pod(ObjectNode pod, Instant now, Usage usage) {
        String phase = Json.text(pod, "status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed") || overdue(pod, now)) {
            return;
        }
        usage.add("pods", 1);
        JsonNode spec = pod.path("spec");
        ObjectNode requests = Json.object();
        PodRequests.total(spec, "requests").write(requests);
        requests.properties().forEach(entry -> {
            usage.add("requests." + entry.getKey(), entry.getValue());
            if (COMPUTE.contains(entry.getKey())) {
                usage.add(entry.getKey(), entry.getValue());
            }
        });
        ObjectNode limits = Json.object();
        PodRequests.total(spec, "limits").write(limits);
        limits.properties().forEach(entry -> usage.add("limits." + entry.getKey(), entry.getValue()));
    }

    /** A pod that should be gone by now does not keep others out. */
    private static boolean overdue(ObjectNode pod, Instant now) {
        JsonNode deletion = Json.at(pod, "metadata", "deletionTimestamp");
        long grace = Json.at(pod, "metadata", "deletionGracePeriodSeconds").asLong(0);
        return deletion.isTextual()
                && now.isAfter(Instant.parse(deletion.asText()).plusSeconds(grace));
    }

    private static void claim(ObjectNode claim, Usage usage) {
        JsonNode storage = Json.at(claim, "spec", "resources", "requests", "storage");
        usage.add("persistentvolumeclaims", 1);
        usage.add(STORAGE, storage);
        String storageClass = Json.text(claim, "spec", "storageClassName");
        if (!storageClass.isEmpty()) {
            usage.add(storageClass + OF_CLASS + "persistentvolumeclaims", 1);
            usage.add(storageClass + OF_CLASS + STORAGE, storage);
        }
    }

    private static void service(ObjectNode service, Usage usage) {
        usage.add("services", 1);
        String kind = Json.text(service, "spec", "type");
        int ports = Json.at(service, "spec", "ports").size();
        if (kind.equals("NodePort")) {
            usage.add("services.nodeports", ports);
        } else if (kind.equals("LoadBalancer")) {
            usage.add("services.nodeports", ports);
            usage.add("services.loadbalancers", 1);
        }
    }

    /** Whether objects of this kind can use something of this name. */
    private static boolean about(String name, ResourceType type) {
        if (name.equals("count/" + type.qualified()) || name.equals(type.plural())) {
            return true;
        }
        boolean storage = name.equals(STORAGE) || name.contains(OF_CLASS);
        if (type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            return storage;
        }
        if (type.equals(ResourceCatalog.SERVICES)) {
            return name.startsWith("services.");
        }
        return type.equals(ResourceCatalog.PODS)
                && !storage
                && (COMPUTE.contains(name) || name.startsWith("requests.") || name.startsWith("limits."));
    }
}
