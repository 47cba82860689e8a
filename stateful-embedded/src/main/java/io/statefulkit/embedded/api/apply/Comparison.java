package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.Struct;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the fields in which two objects of a type differ. Visits each pair of nodes once. */
final class Comparison {

    /** Structs that a new object always has, so that nobody adds them. */
    private static final Set<String> ALWAYS_THERE = Set.of(
            ".metadata",
            ".spec",
            ".status",
            ".spec.template",
            ".spec.template.metadata",
            ".spec.template.spec",
            ".spec.template.spec.containers",
            ".spec.containers",
            ".spec.strategy",
            ".spec.updateStrategy",
            ".spec.resources",
            ".spec.jobTemplate",
            ".spec.jobTemplate.metadata",
            ".spec.jobTemplate.spec",
            ".spec.jobTemplate.spec.template",
            ".spec.jobTemplate.spec.template.metadata",
            ".spec.jobTemplate.spec.template.spec",
            ".spec.jobTemplate.spec.template.spec.containers",
            ".status.loadBalancer",
            ".status.daemonEndpoints",
            ".status.nodeInfo",
            ".source",
            ".involvedObject");

    private final FieldSet changed;
    private final FieldSet removed;

    Comparison(Struct struct, ObjectNode before, ObjectNode after) {
        Sets sets = new Sets("", FieldSet.empty(), FieldSet.empty());
        inner(struct, before, after, sets);
        this.changed = sets.changed().withoutEmpty();
        this.removed = sets.removed().withoutEmpty();
    }

    /** Returns what is new or different in the second object. */
    FieldSet changed() {
        return changed;
    }

    /** Returns what the second object no longer has. */
    FieldSet removed() {
        return removed;
    }

    private static void compare(FieldType type, JsonNode before, JsonNode after, Sets sets) {
        if (Json.identical(before, after)) {
            return;
        }
        if (before.isMissingNode() || after.isMissingNode()) {
            boolean added = before.isMissingNode();
            everything(type, added ? after : before, sets.path(), added ? sets.changed() : sets.removed());
        } else if (type.atomic() || before.getNodeType() != after.getNodeType()) {
            if (!Json.same(before, after)) {
                sets.changed().addSelf();
            }
        } else if (type instanceof ListOf list) {
            elements(list, before, after, sets);
        } else {
            inner(type, before, after, sets);
        }
    }

    private static void inner(FieldType type, JsonNode before, JsonNode after, Sets sets) {
        for (String field : union(before, after)) {
            Optional<FieldType> inner = OwnedFields.typeOf(type, field);
            if (inner.isPresent()) {
                compare(inner.get(), before.path(field), after.path(field), sets.at("f:" + field, "." + field));
            }
        }
    }

    private static Set<String> union(JsonNode before, JsonNode after) {
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void elements(ListOf list, JsonNode before, JsonNode after, Sets sets) {
        Map<String, JsonNode> old = ListElements.of(list, before);
        Map<String, JsonNode> next = ListElements.of(list, after);
        Map<String, JsonNode> all = new TreeMap<>(old);
        all.putAll(next);
        JsonNode missing = Json.object().path("missing");
        for (String element : all.keySet()) {
            JsonNode one = old.getOrDefault(element, missing);
            JsonNode other = next.getOrDefault(element, missing);
            compare(list.elements(), one, other, sets.at(element, "[]"));
        }
    }

    /** Adds a node that only one of the objects has, with all that is in it. */
    private static void everything(FieldType type, JsonNode node, String path, FieldSet set) {
        if (!ALWAYS_THERE.contains(path)) {
            set.addSelf();
        }
        if (type.atomic()) {
            return;
        }
        if (type instanceof ListOf list) {
            ListElements.of(list, node)
                    .forEach((element, value) -> add(list.elements(), value, path + "[]", element, set));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<FieldType> inner = OwnedFields.typeOf(type, entry.getKey());
            inner.ifPresent(
                    field -> add(field, entry.getValue(), path + "." + entry.getKey(), "f:" + entry.getKey(), set));
        }
    }

    private static void add(FieldType type, JsonNode value, String path, String element, FieldSet set) {
        FieldSet child = FieldSet.empty();
        everything(type, value, path, child);
        set.put(element, child);
    }

    /** Where a comparison is and where it puts what it finds. */
    private record Sets(String path, FieldSet changed, FieldSet removed) {
        Sets at(String element, String step) {
            return new Sets(path + step, changed.child(element), removed.child(element));
        }
    }
}
