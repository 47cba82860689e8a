/** A cluster that a kubeconfig leads to, and what tests may do there. */
@NullMarked
package io.statefulkit.cluster.existing;

import org.jspecify.annotations.NullMarked;
