/**
 * Puts objects on a cluster and knows when they are ready, or why they are not; start at
 * {@link io.statefulkit.deploy.WorkloadWatch}.
 */
@NullMarked
package io.statefulkit.deploy;

import org.jspecify.annotations.NullMarked;
