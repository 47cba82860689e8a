/** Waits until a workload is ready, and finds out what keeps it from getting there. */
@NullMarked
package io.statefulkit.deploy.ready;

import org.jspecify.annotations.NullMarked;
