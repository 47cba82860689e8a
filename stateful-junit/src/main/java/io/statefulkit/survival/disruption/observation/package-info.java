/** What a workload looks like, before, during and after a disruption, and what that proves. */
@NullMarked
package io.statefulkit.survival.disruption.observation;

import org.jspecify.annotations.NullMarked;
