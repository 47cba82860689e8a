package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives objects names that do not depend on what is generated: the k-th object of a name is {@code pods/db-0#k}, and of
 * those with generated names {@code pods/web-*#k}. One instance sees one run, in the order in which objects appear.
 */
final class Identities {

    private final Map<String, String> byUid = new HashMap<>();
    private final Map<String, String> revisions = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, String> generatedNames = new LinkedHashMap<>();

    /** Returns the identity of an object; a new one when its uid was not seen before. */
    synchronized String of(String resource, JsonNode object) {
        String uid = object.path("metadata").path("uid").asText();
        if (!resource.equals("controllerrevisions")) {
            return byUid.computeIfAbsent(uid, ignored -> assign(resource, object));
        }
        // How often a set that is being deleted writes its revision anew depends on who is faster: they count as one.
        String owner = object.path("metadata").path("name").asText() + " of "
                + object.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText();
        String identity = byUid.computeIfAbsent(
                uid,
                ignored ->
                        revisions.getOrDefault(owner, "").isEmpty() ? assign(resource, object) : revisions.get(owner));
        revisions.put(owner, identity);
        return identity;
    }

    /** Returns the generated names so far with the names that stand for them. */
    synchronized Map<String, String> generatedNames() {
        return new LinkedHashMap<>(generatedNames);
    }

    private String assign(String resource, JsonNode object) {
        String name = object.path("metadata").path("name").asText();
        String base = base(resource, object, name);
        int number = counts.merge(resource + "/" + base, 1, Integer::sum);
        if (!base.equals(name)) {
            generatedNames.putIfAbsent(name, base + number);
        }
        return resource + "/" + base + "#" + number;
    }

    private static String base(String resource, JsonNode object, String name) {
        JsonNode metadata = object.path("metadata");
        String generate = metadata.path("generateName").asText("");
        boolean ordinal = metadata.path("labels").has("statefulset.kubernetes.io/pod-name");
        if (!generate.isEmpty() && !ordinal) {
            // A generated base may end in a hash itself, such as that of a replica set.
            return owner(metadata).isEmpty() ? generate + "*" : ownerBase(metadata) + "-*";
        }
        return switch (resource) {
            case "controllerrevisions", "replicasets" -> owner(metadata) + "-*";
            case "jobs" -> owner(metadata).isEmpty() ? name : owner(metadata) + "-*";
            case "persistentvolumes" ->
                "pv-of-" + object.path("spec").path("claimRef").path("name").asText();
            default -> name;
        };
    }

    private static String owner(JsonNode metadata) {
        return metadata.path("ownerReferences").path(0).path("name").asText("");
    }

    private static String ownerBase(JsonNode metadata) {
        String hash = metadata.path("labels").path("pod-template-hash").asText("");
        String owner = owner(metadata);
        if (!hash.isEmpty() && owner.endsWith("-" + hash)) {
            return owner.substring(0, owner.length() - hash.length() - 1);
        }
        boolean ofCronJob = owner.matches(".*-\\d{7,}");
        return ofCronJob ? owner.substring(0, owner.lastIndexOf('-')) : owner;
    }
}
