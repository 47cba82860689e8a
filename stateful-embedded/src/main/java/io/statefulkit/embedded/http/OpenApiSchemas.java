package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.FieldType.Scalar;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;

/** Writes the types of kinds, and all that they are made of, as schemas: what {@code kubectl explain} shows. */
final class OpenApiSchemas {

    private static final String PATH = "#/components/schemas/";
    private static final String NO_WORDS =
            "The embedded cluster knows the fields and their types; what they mean is told by the reference of"
                    + " Kubernetes.";

    private final ObjectNode schemas = Json.object();

    /** Adds a kind. */
    void add(ResourceType type) {
        // Two groups may have a kind of the same name.
        Struct struct = Types.all()
                .find(type.qualifiedKind())
                .orElseGet(() -> Types.all().of(type.kind()));
        add(struct);
        Json.child(schemas, name(struct))
                .putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", type.group())
                .put("kind", type.kind())
                .put("version", type.version());
    }

    /** Returns all that was added, by name. */
    ObjectNode schemas() {
        return schemas;
    }

    private void add(Struct struct) {
        String name = name(struct);
        if (schemas.has(name)) {
            return;
        }
        ObjectNode schema = schemas.putObject(name).put("type", "object").put("description", NO_WORDS);
        ObjectNode properties = schema.putObject("properties");
        struct.fields().forEach((field, described) -> properties.set(field, schema(described.type())));
    }

    private ObjectNode schema(FieldType type) {
        if (type instanceof Struct struct) {
            add(struct);
            return reference(name(struct));
        }
        if (type instanceof ListOf list) {
            ObjectNode schema = Json.object().put("type", "array");
            schema.set("items", schema(list.elements()));
            return schema;
        }
        if (type instanceof MapOf map) {
            ObjectNode schema = Json.object().put("type", "object");
            schema.set("additionalProperties", schema(map.values()));
            return schema;
        }
        return scalar((Scalar) type);
    }

    private ObjectNode scalar(Scalar type) {
        return switch (type) {
            case STRING -> Json.object().put("type", "string");
            case TIME, MICRO_TIME -> Json.object().put("type", "string").put("format", "date-time");
            case INT32 -> Json.object().put("type", "integer").put("format", "int32");
            case INT64 -> Json.object().put("type", "integer").put("format", "int64");
            case FLOAT64 -> Json.object().put("type", "number").put("format", "double");
            case BOOL -> Json.object().put("type", "boolean");
            case BYTES -> Json.object().put("type", "string").put("format", "byte");
            case ANY -> Json.object().put("type", "object");
            case QUANTITY -> either("Quantity", "number");
            case INT_OR_STRING -> either("IntOrString", "integer");
        };
    }

    private ObjectNode either(String name, String other) {
        if (!schemas.has(name)) {
            ObjectNode schema = schemas.putObject(name);
            schema.putArray("oneOf")
                    .add(Json.object().put("type", "string"))
                    .add(Json.object().put("type", other));
        }
        return reference(name);
    }

    private static ObjectNode reference(String name) {
        ObjectNode schema = Json.object();
        schema.putArray("allOf").addObject().put("$ref", PATH + name);
        return schema;
    }

    private static String name(Struct struct) {
        return struct.qualifiedName();
    }
}
