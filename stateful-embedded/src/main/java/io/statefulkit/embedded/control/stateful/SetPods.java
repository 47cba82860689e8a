package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;

/**
 * Makes the pods and claims of a stateful set.
 *
 * @param spec the set
 */
record SetPods(SetSpec spec) {

    static final String NAME_LABEL = "statefulset.kubernetes.io/pod-name";
    static final String INDEX_LABEL = "apps.kubernetes.io/pod-index";

    ObjectNode pod(int ordinal, Revision revision) {
        String name = spec.podName(ordinal);
        ObjectNode pod = Pods.of(revision.template(), spec.set());
        ObjectNode metadata = (ObjectNode) pod.path("metadata");
        metadata.put("name", name).put("generateName", spec.name() + "-");
        identify(pod, ordinal);
        Json.child(metadata, "labels").put(StatefulSetPlan.REVISION_LABEL, revision.name());
        ObjectNode podSpec = (ObjectNode) pod.path("spec");
        podSpec.put("hostname", name);
        String service = spec.set().spec().path("serviceName").asText("");
        if (!service.isEmpty()) {
            podSpec.put("subdomain", service);
        }
        if (!spec.claimTemplates().isEmpty()) {
            podSpec.set("volumes", volumes(podSpec.path("volumes"), ordinal));
        }
        return pod;
    }

    void identify(ObjectNode pod, int ordinal) {
        Json.child(Trees.metadata(pod), "labels")
                .put(NAME_LABEL, spec.podName(ordinal))
                .put(INDEX_LABEL, Integer.toString(ordinal));
    }

    ObjectNode claim(JsonNode template, int ordinal) {
        ObjectNode claim = Json.object();
        claim.put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("name", spec.claimName(template, ordinal));
        metadata.put("namespace", spec.set().namespace());
        ObjectNode labels = Json.object();
        template.path("metadata")
                .path("labels")
                .properties()
                .forEach(each -> labels.set(each.getKey(), each.getValue()));
        spec.set()
                .spec()
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(each -> labels.set(each.getKey(), each.getValue()));
        if (!labels.isEmpty()) {
            metadata.set("labels", labels);
        }
        if (template.path("metadata").hasNonNull("annotations")) {
            metadata.set(
                    "annotations", template.path("metadata").path("annotations").deepCopy());
        }
        claim.set("spec", template.path("spec").deepCopy());
        return claim;
    }

    /** The claims come first and win over volumes of the template with the same name. */
    private ArrayNode volumes(JsonNode ofTemplate, int ordinal) {
        ArrayNode volumes = Json.object().arrayNode();
        for (JsonNode template : spec.claimTemplates()) {
            ObjectNode volume = volumes.addObject();
            volume.put("name", template.path("metadata").path("name").asText());
            volume.putObject("persistentVolumeClaim").put("claimName", spec.claimName(template, ordinal));
        }
        for (JsonNode volume : ofTemplate) {
            String name = volume.path("name").asText();
            boolean overridden = spec.claimTemplates().stream()
                    .anyMatch(template ->
                            template.path("metadata").path("name").asText().equals(name));
            if (!overridden) {
                volumes.add(volume);
            }
        }
        return volumes;
    }
}
