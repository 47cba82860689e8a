/** Which provider tests get, and the clusters that run. */
@NullMarked
package io.statefulkit.cluster.choice;

import org.jspecify.annotations.NullMarked;
