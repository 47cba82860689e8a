/** Garbage collection and the end of namespaces. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.cleanup;
