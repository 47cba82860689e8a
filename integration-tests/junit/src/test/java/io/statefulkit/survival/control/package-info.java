/** Databases that lose data, and what is known about how they do. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.survival.control;
