/** Containers as local processes: start, signal, end, and leave nothing behind. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.node.process;
