/** What a pod's status says, and what its node does next. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.node.status;
