package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.fidelity.Recording.Request;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the bodies of answers after the {@linkplain Normal normalisation}. */
final class Bodies {

    static final String RECORDED_NODE = "31beda87e8fc";

    private final Recording recording;
    private final Map<String, String> given = new HashMap<>();
    private final Identities recorded;
    private final Identities seen;

    Bodies(Recording recording, Identities recorded, Identities seen) {
        this.recording = recording;
        this.recorded = recorded;
        this.seen = seen;
    }

    /** Returns what the client accepted, to be told by what it got. */
    static String accept(JsonNode response) {
        return switch (response.path("kind").asText()) {
            case "Table" -> "application/json;as=Table;v=v1;g=meta.k8s.io";
            case "APIGroupDiscoveryList" -> "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            default -> "application/json";
        };
    }

    /** Replaces generated names of the recording by those that the cluster generated. */
    String translated(String path) {
        Map<String, String> actual = new HashMap<>();
        seen.generatedNames().forEach((name, standing) -> actual.put(standing, name));
        // The last part of a path is a name as a whole, or none of them.
        int slash = path.lastIndexOf('/');
        String standing = recorded.generatedNames().get(path.substring(slash + 1));
        return standing == null ? path : path.substring(0, slash + 1) + actual.getOrDefault(standing, standing);
    }

    /** Replaces uids and versions that the recorded cluster gave by those that this one gave. */
    String versioned(String body) {
        String text = body;
        for (Map.Entry<String, String> given : given.entrySet()) {
            text = text.replace(given.getKey(), given.getValue());
        }
        return text;
    }

    private void remember(JsonNode want, JsonNode have) {
        for (String field : List.of("uid", "resourceVersion")) {
            JsonNode there = want.path("metadata").path(field);
            JsonNode here = have.path("metadata").path(field);
            if (there.isTextual() && here.isTextual()) {
                given.put("\"" + field + "\":" + there, "\"" + field + "\":" + here);
            }
        }
    }

    List<String> compare(Request request, JsonNode body) {
        remember(request.response(), body);
        List<String> differences = new ArrayList<>();
        JsonNode want = new Normal(recorded.generatedNames(), RECORDED_NODE).of(prepared(request.response()));
        JsonNode have = new Normal(seen.generatedNames(), "embedded").of(prepared(body));
        if (request.path().endsWith("/events")) {
            EventLog.leaveChanceOut(want);
            EventLog.leaveChanceOut(have);
        }
        if (request.path().equals("/openapi/v3")) {
            known(want.path("paths"), have.path("paths"), differences);
            return differences;
        }
        switch (request.response().path("kind").asText()) {
            case "APIGroupList" -> known("groups", "name", want, have, differences);
            case "APIResourceList" -> known("resources", "name", want, have, differences);
            case "APIGroupDiscoveryList" -> known("resources", "resource", flat(want), flat(have), differences);
            default -> Difference.compare("", want, have, differences);
        }
        return differences;
    }

    private static JsonNode flat(JsonNode discovery) {
        ObjectNode flat = Json.object();
        ArrayNode resources = flat.putArray("resources");
        discovery.path("items").forEach(group -> {
            String name = group.path("metadata").path("name").asText("core");
            for (JsonNode each : group.path("versions").path(0).path("resources")) {
                String resource = name + "/" + each.path("resource").asText();
                ObjectNode copy = ((ObjectNode) each.deepCopy()).put("resource", resource);
                resources.add(copy);
                copy.withArray("subresources")
                        .forEach(sub -> resources.add(((ObjectNode) sub.deepCopy())
                                .put(
                                        "resource",
                                        resource + "/" + sub.path("subresource").asText())));
                copy.remove("subresources");
            }
        });
        return flat;
    }

    // What this cluster serves must be as recorded; that it serves less is no difference of what it does serve.
    private static void known(String list, String key, JsonNode want, JsonNode have, List<String> differences) {
        Map<String, JsonNode> wanted = new HashMap<>();
        want.path(list).forEach(each -> wanted.put(each.path(key).asText(), each));
        for (JsonNode each : have.path(list)) {
            String name = each.path(key).asText();
            Difference.compare(list + "[" + name + "]", wanted.getOrDefault(name, Json.object()), each, differences);
        }
    }

    private static void known(JsonNode want, JsonNode have, List<String> differences) {
        have.properties()
                .forEach(path ->
                        Difference.compare(path.getKey(), want.path(path.getKey()), path.getValue(), differences));
    }

    private JsonNode prepared(JsonNode body) {
        if (body.isTextual() && body.asText().contains("{\"type\":")) {
            ArrayNode events = Json.object().arrayNode();
            body.asText()
                    .lines()
                    .map(Json::parse)
                    .filter(Bodies::isInitial)
                    .forEach(event -> events.add(withoutEmptyParts(event)));
            return prepared(events);
        }
        JsonNode copy = body.deepCopy();
        if (isWorkload(copy) && copy instanceof ObjectNode workload) {
            // How far the controllers are at the time of an answer is chance; the milestones tell their order.
            workload.remove("status");
        }
        boolean keepOwners = recording.name().startsWith("ssa-");
        if (copy instanceof ObjectNode object) {
            ofScenario(object);
        }
        Specialities.without(copy);
        if (keepOwners) {
            copy.findParents("managedFields").forEach(parent -> sortOwners((ObjectNode) parent));
        } else {
            copy.findParents("managedFields").forEach(parent -> ((ObjectNode) parent).remove("managedFields"));
        }
        return copy;
    }

    // Entries are sorted by time, which depends on how fast things are; those of controllers come when they come.
    private static void sortOwners(ObjectNode metadata) {
        List<JsonNode> entries = new ArrayList<>();
        metadata.path("managedFields").forEach(entries::add);
        entries.removeIf(entry -> entry.path("subresource").asText().equals("status"));
        entries.sort(Comparator.comparing(entry ->
                entry.path("operation").asText() + entry.path("manager").asText()));
        ArrayNode sorted = metadata.putArray("managedFields");
        entries.forEach(sorted::add);
    }

    // What happens while a watch is open depends on how fast things are; what it starts with does not.
    private static boolean isInitial(JsonNode event) {
        return !event.path("type").asText().equals("MODIFIED")
                && !event.path("type").asText().equals("DELETED");
    }

    // A real bookmark is an empty object of its type: clients look at its metadata only.
    private static JsonNode withoutEmptyParts(JsonNode event) {
        if (event.path("type").asText().equals("BOOKMARK") && event.path("object") instanceof ObjectNode bookmark) {
            bookmark.remove(List.of("spec", "status"));
            bookmark.withObject("/metadata").remove("creationTimestamp");
        }
        return event;
    }

    private static boolean isWorkload(JsonNode object) {
        return List.of("StatefulSet", "Deployment", "Job")
                .contains(object.path("kind").asText());
    }

    // Lists of cluster-scoped objects show what else there is on the cluster.
    private void ofScenario(ObjectNode list) {
        String kind = list.path("kind").asText();
        String field = kind.equals("Table") ? "rows" : "items";
        boolean clusterWide = List.of("PersistentVolumeList", "NamespaceList").contains(kind)
                || list.path("rows").toString().contains("pv-protection")
                || list.path("rows").toString().contains("kubernetes.io/metadata.name");
        if (clusterWide && list.path(field) instanceof ArrayNode items) {
            ArrayNode own = Json.object().arrayNode();
            items.forEach(item -> {
                String text = item.toString();
                if (text.contains("\"" + recording.namespace() + "\"")
                        || text.contains("\"" + recording.namespace() + "/")) {
                    own.add(item);
                }
            });
            list.set(field, own);
        }
    }
}
