/** The node: pods as local processes. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.node;
