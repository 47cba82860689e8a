package io.statefulkit.embedded.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.schema.Field;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Some fields are shown as null when they are not given: times that are not optional, and lists that are. Visits only
 * those parts of an object where such a field can be.
 */
public final class ExplicitNulls {

    /** What to look at in a struct: the fields to fill, and those to go into. */
    private record Plan(Set<String> filled, Map<String, Struct> inner) {}

    private final Map<Struct, Plan> plans = new ConcurrentHashMap<>();

    /** Adds the nulls that an object of this kind shows. */
    public void fill(ResourceType type, ObjectNode object) {
        fill(Types.all().of(type.kind()), object);
    }

    private void fill(Struct struct, ObjectNode object) {
        Plan plan = plans.computeIfAbsent(struct, ExplicitNulls::plan);
        for (String field : plan.filled()) {
            if (!object.has(field)) {
                object.putNull(field);
            }
        }
        plan.inner().forEach((field, inner) -> into(inner, object.path(field)));
    }

    private void into(Struct struct, JsonNode value) {
        if (value instanceof ObjectNode object) {
            fill(struct, object);
        } else if (value.isArray()) {
            value.forEach(element -> into(struct, element));
        }
    }

    private static Plan plan(Struct struct) {
        Set<String> filled = new LinkedHashSet<>();
        Map<String, Struct> inner = new LinkedHashMap<>();
        struct.fields().forEach((name, field) -> {
            if (field.nullWhenAbsent()) {
                filled.add(name);
            }
            if (elements(field.type()) instanceof Struct below && reaches(below, new HashSet<>())) {
                inner.put(name, below);
            }
        });
        return new Plan(filled, inner);
    }

    private static boolean reaches(Struct struct, Set<Struct> seen) {
        if (!seen.add(struct)) {
            return false;
        }
        for (Field field : struct.fields().values()) {
            if (field.nullWhenAbsent() || (elements(field.type()) instanceof Struct below && reaches(below, seen))) {
                return true;
            }
        }
        return false;
    }

    // Maps of structs hold nothing of the kind.
    private static FieldType elements(FieldType type) {
        return type instanceof ListOf list ? list.elements() : type;
    }
}
