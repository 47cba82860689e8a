/** Where tests get a Kubernetes cluster from: one port, and a provider for each kind of cluster. */
@NullMarked
package io.statefulkit.cluster;

import org.jspecify.annotations.NullMarked;
