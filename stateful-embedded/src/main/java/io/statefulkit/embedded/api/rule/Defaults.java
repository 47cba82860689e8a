package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sets fields that are absent. */
public final class Defaults {

    private Defaults() {}

    public static void text(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field) || object.path(field).asText("x").isEmpty()) {
            object.put(field, value);
        }
    }

    public static void number(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }

    /** Sets a number where 0 means that it was not given. */
    public static void positive(ObjectNode object, String field, int value) {
        if (object.path(field).asInt(0) == 0) {
            object.put(field, value);
        }
    }

    public static void flag(ObjectNode object, String field, boolean value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
