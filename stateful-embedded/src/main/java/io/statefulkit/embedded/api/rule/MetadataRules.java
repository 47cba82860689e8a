package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What makes the metadata of any object valid. */
public final class MetadataRules {

    private static final int MAX_ANNOTATIONS = 256 * 1024;

    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    public static void validate(ObjectNode object, Violations violations) {
        JsonNode metadata = object.path("metadata");
        labels("metadata.labels", metadata.path("labels"), violations);
        annotations("metadata.annotations", metadata.path("annotations"), violations);
        owners(metadata.path("ownerReferences"), violations);
        finalizers(Json.texts(metadata.path("finalizers")), violations);
    }

    private static void finalizers(List<String> finalizers, Violations violations) {
        for (String finalizer : finalizers) {
            Check.text(NameRules.qualifiedName(finalizer), "metadata.finalizers", finalizer, violations);
        }
        if (finalizers.containsAll(List.of("orphan", "foregroundDeletion"))) {
            ArrayNode all = Json.object().arrayNode();
            finalizers.forEach(all::add);
            violations.add(Violation.invalid(
                    "metadata.finalizers", all, "finalizer orphan and foregroundDeletion cannot be both set"));
        }
        standard(finalizers, violations);
    }

    private static void standard(List<String> finalizers, Violations violations) {
        for (int i = 0; i < finalizers.size(); i++) {
            boolean full = finalizers.get(i).contains("/") || STANDARD_FINALIZERS.contains(finalizers.get(i));
            violations.addIf(
                    !full,
                    Violation.invalid(
                            "metadata.finalizers[" + i + "]",
                            finalizers.get(i),
                            "name is neither a standard finalizer name nor is it fully qualified"));
        }
    }

    public static void annotations(String field, JsonNode annotations, Violations violations) {
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey();
            Check.text(NameRules.qualifiedName(key.toLowerCase(Locale.ROOT)), field, key, violations);
            size += bytes(key) + bytes(annotation.getValue().asText());
        }
        violations.addIf(size > MAX_ANNOTATIONS, Violation.tooLong(field, MAX_ANNOTATIONS));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    public static void labels(String field, JsonNode labels, Violations violations) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            for (String problem : NameRules.qualifiedName(label.getKey())) {
                violations.add(Violation.invalid(field, label.getKey(), problem));
            }
            String value = label.getValue().asText();
            for (String problem : NameRules.labelValue(value)) {
                violations.add(Violation.invalid(field, value, problem));
            }
        }
    }

    private static void owners(JsonNode references, Violations violations) {
        List<String> controllers = new ArrayList<>();
        for (JsonNode reference : references) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                String what = field.equals("apiVersion") ? "version" : field;
                violations.addIf(
                        Json.text(reference, field).isEmpty(),
                        Violation.invalid("metadata.ownerReferences." + field, "", what + " must not be empty"));
            }
            violations.addIf(
                    Json.text(reference, "kind").equals("Event")
                            && Json.text(reference, "apiVersion").equals("v1"),
                    Violation.invalid(
                            "metadata.ownerReferences",
                            reference,
                            "/v1, Kind=Event is disallowed from being an owner"));
            if (reference.path("controller").asBoolean()) {
                controllers.add(Json.text(reference, "kind") + "/" + Json.text(reference, "name"));
            }
        }
        if (controllers.size() > 1) {
            violations.add(Violation.invalid(
                    "metadata.ownerReferences",
                    references,
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                            + controllers.get(0) + " and " + controllers.get(1)));
        }
    }

    /** Finds what is wrong with the metadata of an object that replaces another one. */
    public static void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        List<String> finalizers = Json.texts(Json.at(next, "metadata", "finalizers"));
        if (Metadata.deleting(old)) {
            noNew(Json.texts(Json.at(old, "metadata", "finalizers")), finalizers, violations);
        }
        JsonNode metadata = next.path("metadata");
        labels("metadata.labels", metadata.path("labels"), violations);
        annotations("metadata.annotations", metadata.path("annotations"), violations);
        owners(metadata.path("ownerReferences"), violations);
        standard(finalizers, violations);
    }

    private static void noNew(List<String> before, List<String> after, Violations violations) {
        Set<String> added = new TreeSet<>(after);
        before.forEach(added::remove);
        String list = added.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        violations.addIf(
                !added.isEmpty(),
                Violation.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                                + list + "}"));
    }
}
