/** Operates a deployed workload: its pods, its logs, its database. */
@NullMarked
package io.statefulkit.handle;

import org.jspecify.annotations.NullMarked;
