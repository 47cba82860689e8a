package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.statefulkit.manifest.DryRun.Preview;
import io.statefulkit.manifest.ObjectDiff.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what is in a cluster with what would be, leaving out what the cluster keeps for itself. */
final class Differing {

    private static final List<String> OF_THE_CLUSTER =
            List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink");
    /** Holds the object once more, and of a Secret its values. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Differing() {}

    static ObjectDiff of(HasMetadata planned, Preview preview) {
        String name = planned.getKind() + "/" + planned.getMetadata().getName();
        if (preview.applied().isEmpty()) {
            return new ObjectDiff(name, Change.REFUSED, preview.refusal().strip() + "\n");
        }
        if (preview.live().isEmpty()) {
            // as planned: without the many defaults that the cluster adds
            return new ObjectDiff(name, Change.CREATED, LineDiff.of("", text(fields(planned), Map.of())));
        }
        Map<String, Object> before = fields(preview.live().get());
        Map<String, Object> after = fields(preview.applied().get());
        return before.equals(after)
                ? new ObjectDiff(name, Change.UNCHANGED, "")
                : new ObjectDiff(name, Change.CHANGED, LineDiff.of(text(before, Map.of()), text(after, before)));
    }

    private static Map<String, Object> fields(HasMetadata object) {
        Map<String, Object> fields = map(SERIALIZATION.convertValue(object, Map.class));
        fields.remove("status");
        Map<String, Object> metadata = map(fields.get("metadata"));
        OF_THE_CLUSTER.forEach(metadata::remove);
        Map<String, Object> annotations = map(metadata.get("annotations"));
        annotations.remove(LAST_APPLIED);
        metadata.remove("annotations");
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        fields.put("metadata", metadata);
        return fields;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> {
                if (entry != null) {
                    copy.put(String.valueOf(key), entry);
                }
            });
        }
        return copy;
    }

    /** Return the fields as YAML; of a Secret's values, only whether they are the same as before. */
    private static String text(Map<String, Object> fields, Map<String, Object> before) {
        Map<String, Object> shown = new LinkedHashMap<>(fields);
        if ("Secret".equals(fields.get("kind"))) {
            for (String part : List.of("data", "stringData")) {
                Map<String, Object> earlier = map(before.get(part));
                Map<String, Object> hidden = map(fields.get(part));
                hidden.replaceAll((key, value) -> earlier.containsKey(key) && !Objects.equals(earlier.get(key), value)
                        ? "(another value)"
                        : "(hidden)");
                if (!hidden.isEmpty()) {
                    shown.put(part, hidden);
                }
            }
        }
        String yaml = SERIALIZATION.asYaml(shown);
        return yaml.startsWith("---\n") ? yaml.substring(4) : yaml;
    }
}
