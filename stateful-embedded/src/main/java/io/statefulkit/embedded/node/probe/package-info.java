/** Probes of containers. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.node.probe;
