/** Volumes, paths and environments of containers. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.node.volume;
