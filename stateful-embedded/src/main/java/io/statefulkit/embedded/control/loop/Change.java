package io.statefulkit.embedded.control.loop;

import io.statefulkit.embedded.api.ResourceType;

/**
 * Something that happened to an object.
 *
 * @param type the kind of the object
 * @param deleted whether the object is gone
 * @param before the object as it was known before; the same as {@code after} when it is new
 * @param after the object now, or its last state
 */
public record Change(ResourceType type, boolean deleted, Resource before, Resource after) {}
