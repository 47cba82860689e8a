package io.statefulkit.embedded.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A type with named fields. Immutable once {@link Types} has read it. */
public final class Struct implements FieldType {

    private final String name;
    private final boolean atomic;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    Struct(String name, boolean atomic) {
        this.name = name;
        this.atomic = atomic;
    }

    void add(String field, Field type) {
        fields.put(field, type);
    }

    /** Returns the name, such as {@code PodSpec}. */
    public String name() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Returns the name with what tells it from another of the same name. */
    public String qualifiedName() {
        return name;
    }

    @Override
    public String goName() {
        return "v1." + name();
    }

    @Override
    public boolean atomic() {
        return atomic;
    }

    /** Returns all fields by name. */
    public Map<String, Field> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** Returns the field, or empty when there is none of this name. */
    public Optional<Field> field(String field) {
        return Optional.ofNullable(fields.get(field));
    }
}
