package io.statefulkit.embedded.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the object that a client sent. */
public final class Body {

    private Body() {}

    /** Returns a copy of its own, with kind and apiVersion and without nulls. */
    public static ObjectNode decode(ResourceType type, ObjectNode body, WriteOptions.Validation unknownFields) {
        String kind = Json.text(body, "kind");
        String apiVersion = Json.text(body, "apiVersion");
        boolean otherKind = !kind.isEmpty() && !kind.equals(type.kind());
        boolean otherVersion = !apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion());
        if (otherKind || otherVersion) {
            throw wrongKind(type, kind, apiVersion);
        }
        String prefix = prefix(type);
        Decoder decoder = new Decoder(prefix);
        ObjectNode named = Json.object();
        named.put("kind", type.kind()).put("apiVersion", type.apiVersion()).putObject("metadata");
        named.setAll(decoder.decode(Types.all().of(type.kind()), body));
        report(decoder.unknown(), prefix, unknownFields);
        named.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        return named;
    }

    /** Returns how messages about bodies that cannot be read begin. */
    public static String prefix(ResourceType type) {
        return type.kind() + " in version \"" + type.version() + "\" cannot be handled as a " + type.kind() + ": ";
    }

    private static void report(List<String> unknown, String prefix, WriteOptions.Validation unknownFields) {
        if (unknown.isEmpty() || unknownFields == WriteOptions.Validation.IGNORE) {
            return;
        }
        List<String> texts =
                unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
        if (unknownFields == WriteOptions.Validation.STRICT) {
            throw Failures.badRequest(prefix + "strict decoding error: " + String.join(", ", texts));
        }
        texts.forEach(Warnings::add);
    }

    private static Failure wrongKind(ResourceType type, String kind, String apiVersion) {
        String name = kind.isEmpty() ? type.kind() : kind;
        String full = apiVersion.isEmpty() ? type.apiVersion() : apiVersion;
        String version = full.substring(full.indexOf('/') + 1);
        boolean known = new ResourceCatalog().ofKind(full, name).isPresent();
        String problem = known
                ? "converting (" + version + "." + name + ") to (" + internalPackage(type) + "." + type.kind()
                        + "): unknown conversion"
                : "no kind \"" + name + "\" is registered for version \"" + full
                        + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
        return Failures.badRequest(
                name + " in version \"" + version + "\" cannot be handled as a " + type.kind() + ": " + problem);
    }

    /** Returns the name of the package that holds the kinds of a group: its first word. */
    private static String internalPackage(ResourceType type) {
        String group = type.group();
        return group.isEmpty()
                ? "core"
                : group.substring(0, group.indexOf('.') < 0 ? group.length() : group.indexOf('.'));
    }

    /** Checks the namespace of an object against the one of the request, and sets it. */
    public static void checkNamespace(ResourceType type, String namespace, ObjectNode object) {
        String own = Json.text(object, "metadata", "namespace");
        if (!own.isEmpty() && !own.equals(type.namespaced() ? namespace : "")) {
            throw Failures.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (type.namespaced()) {
            Json.child(object, "metadata").put("namespace", namespace);
        }
    }

    /** Removes nulls from an object that belongs to the caller. */
    public static ObjectNode withoutNulls(ObjectNode object) {
        removeNulls(object);
        return object;
    }

    private static void removeNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> nulls = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getValue().isNull()) {
                    nulls.add(field.getKey());
                } else {
                    removeNulls(field.getValue());
                }
            }
            object.remove(nulls);
        } else if (node.isArray()) {
            node.forEach(Body::removeNulls);
        }
    }
}
