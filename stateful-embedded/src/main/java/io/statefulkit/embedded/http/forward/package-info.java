/** Connections of clients to ports of pods, over the protocols that clients speak. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.http.forward;
