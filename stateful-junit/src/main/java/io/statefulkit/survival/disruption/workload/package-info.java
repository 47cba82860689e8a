/** One StatefulSet or Deployment, and what disruptions do to it. */
@NullMarked
package io.statefulkit.survival.disruption.workload;

import org.jspecify.annotations.NullMarked;
