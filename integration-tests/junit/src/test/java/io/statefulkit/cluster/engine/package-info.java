/** A Docker engine that runs nothing: Testcontainers talks to it as to any other. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.cluster.engine;
