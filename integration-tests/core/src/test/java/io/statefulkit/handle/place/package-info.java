/** Tests of what is read from live workloads. */
@NullMarked
package io.statefulkit.handle.place;

import org.jspecify.annotations.NullMarked;
