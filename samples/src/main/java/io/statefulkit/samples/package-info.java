/** Placeholder. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples;
