/** A Kubernetes in this JVM whose containers are local processes: start at {@code EmbeddedCluster}. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded;
