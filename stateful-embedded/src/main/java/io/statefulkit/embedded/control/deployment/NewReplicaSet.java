package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Hashes;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The replica set of a deployment's template: how it is recognized, written and annotated.
 *
 * @param spec the deployment
 */
record NewReplicaSet(DeploymentSpec spec) {

    static final String HASH_LABEL = "pod-template-hash";
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HISTORY = "deployment.kubernetes.io/revision-history";
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            RolloutPlan.DESIRED,
            RolloutPlan.MAX,
            "deprecated.deployment.rollback.to");

    /** Sorts the deployment's replica sets: the oldest with its template is the current one. */
    Replicas sort(List<Resource> sets) {
        Optional<Resource> current = sets.stream()
                .sorted(Replicas.OLDEST_FIRST)
                .filter(this::hasTemplate)
                .findFirst();
        List<Resource> old = sets.stream()
                .filter(set ->
                        current.filter(found -> found.uid().equals(set.uid())).isEmpty())
                .sorted(Replicas.OLDEST_FIRST)
                .toList();
        return new Replicas(current, old);
    }

    boolean hasTemplate(Resource set) {
        return Json.same(withoutHash(set.spec().path("template")), withoutHash(spec.template()));
    }

    /** The revision the current replica set has or gets. */
    long revision(Replicas sets) {
        return sets.old().stream().mapToLong(NewReplicaSet::revisionOf).max().orElse(0) + 1;
    }

    ObjectNode body(Replicas sets, int size) {
        Resource deployment = spec.deployment();
        String hash = Hashes.of(
                spec.template(), deployment.status().path("collisionCount").asInt(0));
        ObjectNode body = Json.object();
        body.put("kind", "ReplicaSet").put("apiVersion", "apps/v1");
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("name", deployment.name() + "-" + hash).put("namespace", deployment.namespace());
        ObjectNode labels = labels(hash);
        metadata.set("labels", labels);
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(deployment));
        ObjectNode setSpec = body.putObject("spec");
        setSpec.put("replicas", size);
        if (spec.minReadySeconds() > 0) {
            setSpec.put("minReadySeconds", spec.minReadySeconds());
        }
        JsonNode selector = deployment.spec().path("selector").deepCopy();
        Json.child((ObjectNode) selector, "matchLabels").put(HASH_LABEL, hash);
        setSpec.set("selector", selector);
        ObjectNode template = spec.template().deepCopy();
        Json.child(Json.child(template, "metadata"), "labels").put(HASH_LABEL, hash);
        setSpec.set("template", template);
        annotate(body, revision(sets), true);
        return body;
    }

    /** Writes the annotations that the current replica set has. */
    void annotate(ObjectNode set, long newRevision, boolean isNew) {
        for (Map.Entry<String, String> annotation :
                spec.deployment().annotations().entrySet()) {
            if (!NOT_COPIED.contains(annotation.getKey())) {
                Trees.annotate(set, annotation.getKey(), annotation.getValue());
            }
        }
        String before = new Resource(set).annotation(REVISION);
        if (revisionOf(new Resource(set)) < newRevision) {
            Trees.annotate(set, REVISION, Long.toString(newRevision));
            if (!before.isEmpty()) {
                String history = new Resource(set).annotation(HISTORY);
                Trees.annotate(set, HISTORY, history.isEmpty() ? before : history + "," + before);
            }
        }
        if (isNew) {
            annotateSizes(set);
        }
    }

    void annotateSizes(ObjectNode set) {
        Trees.annotate(set, RolloutPlan.DESIRED, Integer.toString(spec.replicas()));
        Trees.annotate(set, RolloutPlan.MAX, Integer.toString(spec.replicas() + spec.maxSurge()));
    }

    /** What the history limit leaves no room for, oldest revision first. */
    List<Resource> beyondHistory(Replicas sets) {
        List<Resource> old = new ArrayList<>(
                sets.old().stream().filter(set -> !set.deleting()).toList());
        old.sort(Comparator.comparingLong(NewReplicaSet::revisionOf).thenComparing(Replicas.OLDEST_FIRST));
        return old.stream()
                .limit(Math.max(0, old.size() - spec.historyLimit()))
                .filter(set -> Replicas.wanted(set) == 0
                        && Replicas.status(set, "replicas") == 0
                        && set.generation()
                                <= set.status().path("observedGeneration").asLong(0))
                .toList();
    }

    static long revisionOf(Resource set) {
        try {
            String revision = set.annotation(REVISION);
            return revision.isEmpty() ? 0 : Long.parseLong(revision);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private ObjectNode labels(String hash) {
        ObjectNode labels = Json.object();
        Resource.texts(spec.template().path("metadata").path("labels")).forEach(labels::put);
        return labels.put(HASH_LABEL, hash);
    }

    private static ObjectNode withoutHash(JsonNode template) {
        ObjectNode copy = Json.object();
        copy.setAll((ObjectNode) template);
        ObjectNode metadata = Json.object();
        template.path("metadata").properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
        ObjectNode labels = Json.object();
        Resource.texts(template.path("metadata").path("labels")).forEach(labels::put);
        labels.remove(HASH_LABEL);
        metadata.set("labels", labels);
        copy.set("metadata", metadata);
        return copy;
    }
}
