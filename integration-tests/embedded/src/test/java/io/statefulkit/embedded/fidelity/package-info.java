/** Replays recordings of a real Kubernetes against the embedded cluster, and names what differs. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.fidelity;
