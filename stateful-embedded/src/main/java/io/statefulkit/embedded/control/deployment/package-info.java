/** The Deployment and ReplicaSet controllers, and disruption budgets. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.deployment;
