/** Tests of snapshots. */
@NullMarked
package io.statefulkit.handle.volume;

import org.jspecify.annotations.NullMarked;
