package io.statefulkit.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The published schema of the kinds that we render, from {@code schema/kubernetes.json}, which names its source. Knows
 * as much of JSON schema as that file uses; fields that the schema does not know are faults too.
 */
final class KubernetesSchema {

    private static final JsonNode SCHEMA = read();
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private KubernetesSchema() {}

    /** Return what is wrong with an object, by path. */
    static List<String> faults(HasMetadata object) {
        List<String> faults = new ArrayList<>();
        JsonNode kind = SCHEMA.path("kinds").path(object.getKind());
        if (kind.isMissingNode()) {
            return List.of("no schema of kind " + object.getKind());
        }
        JsonNode value = SERIALIZATION.convertValue(object, JsonNode.class);
        check(object.getKind(), SCHEMA.path("definitions").path(kind.asText()), value, faults);
        return faults;
    }

    private static void check(String path, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            check(path, SCHEMA.path("definitions").path(schema.path("$ref").asText()), value, faults);
        } else if (schema.has("enum")) {
            if (!contains(schema.path("enum"), value)) {
                faults.add("%s: %s is none of %s".formatted(path, value, schema.path("enum")));
            }
        } else if (schema.has("anyOf")) {
            anyOf(path, schema.path("anyOf"), value, faults);
        } else {
            type(path, schema, value, faults);
        }
    }

    private static boolean contains(JsonNode options, JsonNode value) {
        for (JsonNode option : options) {
            if (option.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void anyOf(String path, JsonNode options, JsonNode value, List<String> faults) {
        for (JsonNode option : options) {
            List<String> own = new ArrayList<>();
            check(path, option, value, own);
            if (own.isEmpty()) {
                return;
            }
        }
        faults.add("%s: %s fits none of %s".formatted(path, value, options));
    }

    private static void type(String path, JsonNode schema, JsonNode value, List<String> faults) {
        boolean fits = switch (schema.path("type").asText("")) {
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        if (!fits) {
            faults.add(
                    "%s: %s is no %s".formatted(path, value, schema.path("type").asText()));
            return;
        }
        int index = 0;
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            check(path + "[" + index++ + "]", schema.path("items"), element, faults);
        }
        if (value.isObject()) {
            fields(path, schema, value, faults);
        }
    }

    private static void fields(String path, JsonNode schema, JsonNode value, List<String> faults) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                faults.add("%s: %s is missing".formatted(path, name.asText()));
            }
        }
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            String at = path + "." + field.getKey();
            if (!known.isMissingNode()) {
                check(at, known, field.getValue(), faults);
            } else if (schema.has("additionalProperties")) {
                check(at, schema.path("additionalProperties"), field.getValue(), faults);
            } else if (schema.has("properties")) {
                faults.add(at + ": no such field");
            }
        });
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(
                KubernetesSchema.class.getResourceAsStream("/schema/kubernetes.json"), "schema/kubernetes.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
