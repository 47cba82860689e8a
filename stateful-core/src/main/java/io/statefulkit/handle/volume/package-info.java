/** The claims and volumes of a workload: what is mounted where, larger volumes, snapshots, orphans. */
@NullMarked
package io.statefulkit.handle.volume;

import org.jspecify.annotations.NullMarked;
