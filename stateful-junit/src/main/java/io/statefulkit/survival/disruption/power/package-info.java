/** What can be done to a cluster besides asking its API, where it can be done. */
@NullMarked
package io.statefulkit.survival.disruption.power;

import org.jspecify.annotations.NullMarked;
