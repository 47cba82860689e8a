/** SQL and imports that run once, or on a schedule. */
@NullMarked
package io.statefulkit.handle.job;

import org.jspecify.annotations.NullMarked;
