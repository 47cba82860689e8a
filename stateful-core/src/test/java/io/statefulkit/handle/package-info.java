/** Tests of what is done to a deployed workload. */
@NullMarked
package io.statefulkit.handle;

import org.jspecify.annotations.NullMarked;
