package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.schema.Field;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.FieldType.MapOf;
import io.statefulkit.embedded.schema.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the fields that an applied configuration lists, and so owns. */
final class OwnedFields {

    /** What nobody owns, below metadata. */
    private static final List<String> METADATA = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "generation",
            "managedFields",
            "resourceVersion");

    private OwnedFields() {}

    /** Returns all fields of a configuration. */
    static FieldSet of(Struct struct, ObjectNode configuration) {
        FieldSet set = FieldSet.empty();
        collect(struct, configuration, set);
        return strip(set);
    }

    /** Removes what nobody owns: kind, apiVersion and the metadata that identifies an object. */
    static FieldSet strip(FieldSet set) {
        FieldSet stripped = FieldSet.empty();
        for (String element : set.elements()) {
            FieldSet child = set.child(element);
            if (element.equals("f:metadata")) {
                stripped.put(element, stripMetadata(child));
            } else if (!element.equals("f:kind") && !element.equals("f:apiVersion")) {
                stripped.put(element, child);
            }
        }
        return stripped;
    }

    private static FieldSet stripMetadata(FieldSet metadata) {
        FieldSet unowned = FieldSet.empty();
        unowned.addSelf();
        METADATA.forEach(field -> unowned.child("f:" + field).addSelf());
        return metadata.minus(unowned);
    }

    private static void collect(FieldType type, JsonNode node, FieldSet set) {
        if (type.atomic() || node.isEmpty()) {
            set.addSelf();
        } else if (type instanceof ListOf list) {
            ListElements.of(list, node).forEach((element, value) -> {
                set.child(element).addSelf();
                collectInner(list.elements(), value, set.child(element));
            });
        } else {
            collectInner(type, node, set);
        }
    }

    private static void collectInner(FieldType type, JsonNode node, FieldSet set) {
        if (type.atomic()) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<FieldType> inner = typeOf(type, entry.getKey());
            inner.ifPresent(field -> collect(field, entry.getValue(), set.child("f:" + entry.getKey())));
        }
    }

    /** Returns the type of a field of a struct or map. */
    static Optional<FieldType> typeOf(FieldType type, String field) {
        if (type instanceof Struct struct) {
            return struct.field(field).map(Field::type);
        }
        return type instanceof MapOf map ? Optional.of(map.values()) : Optional.empty();
    }
}
