/** The story as a test. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.todo;
