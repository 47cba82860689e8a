/** Tests of what disruptions are made of. */
@NullMarked
package io.statefulkit.survival.disruption.observation;

import org.jspecify.annotations.NullMarked;
