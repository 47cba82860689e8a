/**
 * Proves that the data of a workload survives: writes rows all the time, disrupts the workload, and compares what was acknowledged with
 * what is there. Begin with {@link io.statefulkit.survival.Survival}; no JUnit is needed.
 */
@NullMarked
package io.statefulkit.survival;

import org.jspecify.annotations.NullMarked;
