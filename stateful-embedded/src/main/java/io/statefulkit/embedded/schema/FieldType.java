package io.statefulkit.embedded.schema;

import java.util.List;

/** The type of a field. */
public sealed interface FieldType permits FieldType.Scalar, FieldType.MapOf, FieldType.ListOf, Struct {

    /** Says whether the value is changed as a whole: it has one owner and is never merged. */
    boolean atomic();

    /** Returns the name in Go, as error messages show it. */
    String goName();

    /** A single value. */
    enum Scalar implements FieldType {
        /** A text. */
        STRING("string"),
        /** A time with seconds, as a text. */
        TIME("string"),
        /** A time with microseconds, as a text. */
        MICRO_TIME("string"),
        /** A whole number of 32 bits. */
        INT32("int32"),
        /** A whole number of 64 bits. */
        INT64("int64"),
        /** True or false. */
        BOOL("bool"),
        /** A number. */
        FLOAT64("float64"),
        /** An amount such as {@code 10Gi}; numbers are taken too. */
        QUANTITY("resource.Quantity"),
        /** A whole number or a text. */
        INT_OR_STRING("intstr.IntOrString"),
        /** Bytes in base64. */
        BYTES("[]uint8"),
        /** Any JSON at all. */
        ANY("any");

        private final String goName;

        Scalar(String goName) {
            this.goName = goName;
        }

        /** Says whether it is a text in JSON with no meaning of its own when it is empty. */
        public boolean text() {
            return this == STRING || this == TIME || this == MICRO_TIME;
        }

        @Override
        public boolean atomic() {
            return true;
        }

        @Override
        public String goName() {
            return goName;
        }
    }

    /**
     * A map from texts.
     *
     * @param atomic whether it is changed as a whole
     * @param values the type of the values
     */
    record MapOf(boolean atomic, FieldType values) implements FieldType {
        @Override
        public String goName() {
            return "map[string]" + values.goName();
        }
    }

    /**
     * A list.
     *
     * @param atomic whether it is changed as a whole
     * @param keys the fields that identify an element; none in a list of single values that is a set
     * @param elements the type of the elements
     */
    record ListOf(boolean atomic, List<String> keys, FieldType elements) implements FieldType {
        public ListOf {
            keys = List.copyOf(keys);
        }

        @Override
        public String goName() {
            return "[]" + elements.goName();
        }

        /** Says whether elements are identified by their own value. */
        public boolean set() {
            return !atomic && keys.isEmpty();
        }
    }
}
