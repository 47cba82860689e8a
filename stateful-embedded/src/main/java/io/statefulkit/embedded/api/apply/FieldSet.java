package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths into an object, as {@code FieldsV1} writes it: {@code f:name} is a field, {@code k:{...}} an element of a
 * keyed list, {@code v:...} an element of a set, and {@code .} the node itself.
 */
final class FieldSet {

    private static final String SELF = ".";

    private boolean member;
    private final Map<String, FieldSet> children = new TreeMap<>();

    static FieldSet empty() {
        return new FieldSet();
    }

    /** Reads the JSON form. */
    static FieldSet parse(JsonNode fields) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (entry.getKey().equals(SELF)) {
                set.member = true;
            } else {
                set.children.put(entry.getKey(), parseChild(entry.getValue()));
            }
        }
        return set;
    }

    private static FieldSet parseChild(JsonNode node) {
        FieldSet child = parse(node);
        if (node.isEmpty()) {
            child.member = true;
        }
        return child;
    }

    /** Writes the JSON form. */
    ObjectNode toJson() {
        ObjectNode node = Json.object();
        if (member && !children.isEmpty()) {
            node.putObject(SELF);
        }
        children.forEach((element, child) -> node.set(element, child.toJson()));
        return node;
    }

    boolean member() {
        return member;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    Set<String> elements() {
        return children.keySet();
    }

    @Nullable
    FieldSet find(String element) {
        return children.get(element);
    }

    /** Returns the child, made when there is none. */
    FieldSet child(String element) {
        return children.computeIfAbsent(element, name -> new FieldSet());
    }

    void addSelf() {
        member = true;
    }

    /** Puts a child in place unless it is empty. */
    void put(String element, FieldSet child) {
        if (!child.isEmpty()) {
            children.put(element, child);
        }
    }

    /** Returns the same paths without nodes that lead to none. */
    FieldSet withoutEmpty() {
        FieldSet result = new FieldSet();
        result.member = member;
        children.forEach((element, child) -> result.put(element, child.withoutEmpty()));
        return result;
    }

    FieldSet union(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member || other.member;
        children.forEach((element, child) -> {
            FieldSet second = other.children.get(element);
            result.put(element, second == null ? child : child.union(second));
        });
        other.children.forEach((element, child) -> {
            if (!children.containsKey(element)) {
                result.put(element, child);
            }
        });
        return result;
    }

    FieldSet minus(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member && !other.member;
        children.forEach((element, child) -> {
            FieldSet second = other.children.get(element);
            result.put(element, second == null ? child : child.minus(second));
        });
        return result;
    }

    /** Removes paths and everything below them. */
    FieldSet minusBelow(FieldSet other) {
        FieldSet result = new FieldSet();
        if (other.member) {
            return result;
        }
        result.member = member;
        children.forEach((element, child) -> {
            FieldSet second = other.children.get(element);
            result.put(element, second == null ? child : child.minusBelow(second));
        });
        return result;
    }

    FieldSet intersection(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member && other.member;
        children.forEach((element, child) -> {
            FieldSet second = other.children.get(element);
            if (second != null) {
                result.put(element, child.intersection(second));
            }
        });
        return result;
    }

    /** Calls back with each path in its readable form, such as {@code .spec.containers[name="a"].image}. */
    void forEachPath(String prefix, Consumer<String> action) {
        if (member) {
            action.accept(prefix);
        }
        children.forEach((element, child) -> child.forEachPath(prefix + readable(element), action));
    }

    /** Writes a path element as messages show it. */
    static String readable(String element) {
        String rest = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> "." + rest;
            case 'k' -> "[" + keys(rest) + "]";
            case 'v' -> "[=" + rest + "]";
            default -> "[" + rest + "]";
        };
    }

    private static String keys(String json) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> key : Json.parse(json).properties()) {
            text.append(text.isEmpty() ? "" : ",").append(key.getKey()).append('=');
            text.append(Violation.show(key.getValue()));
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && set.member == member && set.children.equals(children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
