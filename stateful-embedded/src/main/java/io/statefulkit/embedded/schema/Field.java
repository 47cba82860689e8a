package io.statefulkit.embedded.schema;

/**
 * A field of a struct.
 *
 * @param type its type
 * @param keepsZero whether an empty text, 0 or false is kept apart from no value
 */
public record Field(FieldType type, boolean keepsZero) {}
