package io.statefulkit.cluster.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All objects of a cluster, as far as its API lists them. */
public final class AllObjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AllObjects() {}

    /** The uid and the version of each, by its kind, namespace and name, but for these namespaces and all that is in them. */
    public static Map<String, String> of(KubernetesClient client, Set<String> exceptNamespaces) throws IOException {
        Map<String, String> objects = new TreeMap<>();
        for (String group : groups(client)) {
            for (JsonNode resource : read(client, group).path("resources")) {
                String kind = resource.path("name").asText();
                boolean isListed = resource.path("verbs").toString().contains("\"list\"");
                if (isListed && !kind.contains("/")) {
                    for (JsonNode object : read(client, group + "/" + kind).path("items")) {
                        JsonNode metadata = object.path("metadata");
                        String name = metadata.path("name").asText();
                        String namespace = metadata.path("namespace").asText();
                        if (!exceptNamespaces.contains(kind.equals("namespaces") ? name : namespace)) {
                            objects.put(
                                    kind + " of " + group + ": " + namespace + "/" + name,
                                    metadata.path("uid").asText() + "@"
                                            + metadata.path("resourceVersion").asText());
                        }
                    }
                }
            }
        }
        return objects;
    }

    private static List<String> groups(KubernetesClient client) throws IOException {
        List<String> groups = new ArrayList<>(List.of("/api/v1"));
        for (JsonNode group : read(client, "/apis").path("groups")) {
            for (JsonNode version : group.path("versions")) {
                groups.add("/apis/" + version.path("groupVersion").asText());
            }
        }
        return groups;
    }

    private static JsonNode read(KubernetesClient client, String path) throws IOException {
        return JSON.readTree(client.raw(path));
    }
}
