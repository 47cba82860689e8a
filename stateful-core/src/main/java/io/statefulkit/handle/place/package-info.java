/** Where a workload is, and what is there now: its object, its claims, the variables of its containers. */
@NullMarked
package io.statefulkit.handle.place;

import org.jspecify.annotations.NullMarked;
