package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The documents that tell clients which resources there are. */
final class Discovery {

    /** The version that the cluster says it has. */
    static final String GIT_VERSION = "v1.36.2";

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    // By group and version; the core group is the empty text, and so comes first.
    private final Map<String, List<ResourceType>> byVersion = new TreeMap<>();

    Discovery(ResourceCatalog catalog) {
        for (ResourceType type : catalog.types()) {
            byVersion
                    .computeIfAbsent(type.group() + "/" + type.version(), key -> new ArrayList<>())
                    .add(type);
        }
        byVersion.values().forEach(types -> types.sort(Comparator.comparing(ResourceType::plural)));
    }

    /** Answers the paths of discovery; empty for all other paths. */
    Optional<Answer> answer(Call call) {
        String path = call.path().endsWith("/") && call.path().length() > 1
                ? call.path().substring(0, call.path().length() - 1)
                : call.path();
        return switch (path) {
            case "/version" -> Optional.of(Answer.json(200, version()));
            case "/api" -> Optional.of(isAggregated(call) ? aggregated(true) : Answer.json(200, coreVersions()));
            case "/apis" -> Optional.of(isAggregated(call) ? aggregated(false) : Answer.json(200, groups()));
            default -> group(path);
        };
    }

    private Optional<Answer> group(String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts.length == 2 && parts[0].equals("api")) {
            return resources("", parts[1]);
        }
        if (parts.length == 3 && parts[0].equals("apis")) {
            return resources(parts[1], parts[2]);
        }
        if (parts.length == 2 && parts[0].equals("apis")) {
            return byVersion.keySet().stream()
                    .filter(key -> !parts[1].isEmpty() && key.startsWith(parts[1] + "/"))
                    .findFirst()
                    .map(key -> {
                        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
                        return Answer.json(200, group.setAll(apiGroup(key)));
                    });
        }
        return Optional.empty();
    }

    private Optional<Answer> resources(String group, String version) {
        return Optional.ofNullable(byVersion.get(group + "/" + version))
                .map(types -> Answer.json(200, resourceList(types)));
    }

    private static boolean isAggregated(Call call) {
        return call.accept().toLowerCase(Locale.ROOT).contains("as=apigroupdiscoverylist");
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("emulationMajor", "1")
                .put("emulationMinor", "36")
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", GIT_VERSION)
                .put("gitCommit", "")
                .put("gitTreeState", "")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "javac")
                .put("platform", "linux/" + architecture());
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        byVersion.keySet().stream().filter(key -> !key.startsWith("/")).forEach(key -> groups.add(apiGroup(key)));
        return list;
    }

    private static ObjectNode apiGroup(String key) {
        int slash = key.indexOf('/');
        ObjectNode version = Json.object().put("groupVersion", key).put("version", key.substring(slash + 1));
        ObjectNode group = Json.object().put("name", key.substring(0, slash));
        group.putArray("versions").add(version);
        group.set("preferredVersion", version);
        return group;
    }

    private static ObjectNode resourceList(List<ResourceType> types) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", types.get(0).apiVersion());
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : types) {
            ObjectNode resource = entry(type.plural(), type.singular(), type, type.kind());
            names(resource, "verbs", verbs(type));
            names(resource, "shortNames", type.shortNames());
            names(resource, "categories", type.categories());
            resources.add(resource);
            for (Subresource sub : Subresource.of(type)) {
                ObjectNode entry = entry(type.plural() + "/" + sub.name(), "", type, sub.kind());
                if (!sub.version().isEmpty()) {
                    entry.put("group", sub.group()).put("version", sub.version());
                }
                resources.add(names(entry, "verbs", sub.verbs()));
            }
        }
        return list;
    }

    private static ObjectNode entry(String name, String singular, ResourceType type, String kind) {
        return Json.object()
                .put("name", name)
                .put("singularName", singular)
                .put("namespaced", type.namespaced())
                .put("kind", kind);
    }

    private Answer aggregated(boolean core) {
        ObjectNode list = Json.object().put("kind", "APIGroupDiscoveryList");
        list.put("apiVersion", "apidiscovery.k8s.io/v2").putObject("metadata");
        ArrayNode items = list.putArray("items");
        byVersion.forEach((key, types) -> {
            if (core == key.startsWith("/")) {
                ObjectNode item = items.addObject();
                ObjectNode metadata = item.putObject("metadata");
                if (!core) {
                    metadata.put("name", types.get(0).group());
                }
                ObjectNode version = item.putArray("versions").addObject();
                version.put("version", types.get(0).version());
                ArrayNode resources = version.putArray("resources");
                types.forEach(type -> resources.add(aggregated(type)));
                version.put("freshness", "Current");
            }
        });
        return Answer.json(200, AGGREGATED, list);
    }

    private static ObjectNode aggregated(ResourceType type) {
        ObjectNode resource = Json.object().put("resource", type.plural());
        resource.set("responseKind", responseKind("", "", type.kind()));
        resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
        names(resource, "verbs", verbs(type));
        names(resource, "shortNames", type.shortNames());
        names(resource, "categories", type.categories());
        List<Subresource> subs = Subresource.of(type);
        if (!subs.isEmpty()) {
            ArrayNode array = resource.putArray("subresources");
            for (Subresource sub : subs) {
                ObjectNode entry = array.addObject().put("subresource", sub.name());
                entry.set("responseKind", responseKind(sub.group(), sub.version(), sub.kind()));
                names(entry, "verbs", sub.verbs());
            }
        }
        return resource;
    }

    private static ObjectNode responseKind(String group, String version, String kind) {
        return Json.object().put("group", group).put("version", version).put("kind", kind);
    }

    private static List<String> verbs(ResourceType type) {
        return type.equals(ResourceCatalog.NAMESPACES)
                ? VERBS.stream()
                        .filter(verb -> !verb.equals("deletecollection"))
                        .toList()
                : VERBS;
    }

    private static ObjectNode names(ObjectNode into, String field, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode array = into.putArray(field);
            names.forEach(array::add);
        }
        return into;
    }
}
