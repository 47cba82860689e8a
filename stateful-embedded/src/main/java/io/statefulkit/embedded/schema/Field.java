package io.statefulkit.embedded.schema;

/**
 * A field of a struct.
 *
 * @param type its type
 * @param keepsZero whether an empty text, 0 or false is kept apart from no value
 * @param nullWhenAbsent whether an object without it shows null
 */
public record Field(FieldType type, boolean keepsZero, boolean nullWhenAbsent) {}
