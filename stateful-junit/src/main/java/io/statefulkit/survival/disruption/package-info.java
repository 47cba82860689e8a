/** Does to a workload what Kubernetes does to pods, and collects the evidence that it happened. */
@NullMarked
package io.statefulkit.survival.disruption;

import org.jspecify.annotations.NullMarked;
