/** Tests of what disruptions are made of. */
@NullMarked
package io.statefulkit.survival.disruption.workload;

import org.jspecify.annotations.NullMarked;
