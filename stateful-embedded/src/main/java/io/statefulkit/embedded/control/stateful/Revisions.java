package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Hashes;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.json.Json;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The history of a set's template, kept as controller revisions. */
final class Revisions {

    private static final String HASH_LABEL = "controller.kubernetes.io/hash";

    private final Cluster cluster;
    private final Ownership ownership;

    Revisions(Cluster cluster, Ownership ownership) {
        this.cluster = cluster;
        this.ownership = ownership;
    }

    /** The set's revisions, oldest first. */
    List<Resource> history(Resource set) {
        List<Resource> all = cluster.list(ResourceCatalog.CONTROLLER_REVISIONS, set.namespace());
        return ownership
                .claim(
                        set,
                        ResourceCatalog.CONTROLLER_REVISIONS,
                        all,
                        revision -> Selector.matches(set.spec().path("selector"), revision))
                .stream()
                .sorted(Comparator.comparingLong(Revisions::number).thenComparing(Resource::created))
                .toList();
    }

    /** The revision of the set's template: the newest, an old one made the newest again, or a new one. */
    Resource update(Resource set, List<Resource> history) {
        ObjectNode data = data(set);
        long newest = history.isEmpty() ? 0 : number(history.get(history.size() - 1));
        Optional<Resource> equal = history.stream()
                .filter(revision -> Json.same(revision.json().path("data"), data))
                .reduce((older, newer) -> newer);
        if (equal.isEmpty()) {
            return create(set, data, newest + 1);
        }
        Resource revision = equal.get();
        if (number(revision) == newest) {
            return revision;
        }
        return cluster.edit(
                        ResourceCatalog.CONTROLLER_REVISIONS, revision, current -> current.put("revision", newest + 1))
                .orElse(revision);
    }

    /** Deletes the oldest revisions beyond the limit that nothing uses. */
    void truncate(Resource set, List<Resource> history, List<Resource> pods, List<String> inUse) {
        Set<String> live = new HashSet<>(inUse);
        pods.forEach(pod -> live.add(pod.label(StatefulSetPlan.REVISION_LABEL)));
        List<Resource> old = history.stream()
                .filter(revision -> !live.contains(revision.name()))
                .toList();
        int surplus = old.size() - new SetSpec(set).historyLimit();
        old.stream()
                .limit(Math.max(0, surplus))
                .forEach(revision -> cluster.delete(ResourceCatalog.CONTROLLER_REVISIONS, revision));
    }

    static Revision of(Resource revision) {
        return new Revision(
                revision.name(), revision.json().path("data").path("spec").path("template"));
    }

    private Resource create(Resource set, ObjectNode data, long number) {
        for (int collisions = 0; ; collisions++) {
            ObjectNode body = body(set, data, number, Hashes.of(data, collisions));
            try {
                return cluster.create(ResourceCatalog.CONTROLLER_REVISIONS, set.namespace(), body);
            } catch (Failure e) {
                boolean taken = e.reason().equals("AlreadyExists");
                if (!taken || collisions >= 10) {
                    throw e;
                }
            }
        }
    }

    private static ObjectNode body(Resource set, ObjectNode data, long number, String hash) {
        ObjectNode body = Json.object();
        body.put("kind", "ControllerRevision").put("apiVersion", "apps/v1");
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("name", set.name() + "-" + hash).put("namespace", set.namespace());
        ObjectNode labels = metadata.putObject("labels");
        set.spec()
                .path("template")
                .path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.set(label.getKey(), label.getValue()));
        labels.put(HASH_LABEL, hash);
        if (!set.annotations().isEmpty()) {
            metadata.set(
                    "annotations",
                    set.json().path("metadata").path("annotations").deepCopy());
        }
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(set));
        body.set("data", data);
        return body.put("revision", number);
    }

    private static ObjectNode data(Resource set) {
        JsonNode template = set.spec().path("template");
        ObjectNode data = Json.object();
        ObjectNode copy = data.putObject("spec").putObject("template");
        copy.put("$patch", "replace");
        template.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        return data;
    }

    private static long number(Resource revision) {
        return revision.json().path("revision").asLong(0);
    }
}
