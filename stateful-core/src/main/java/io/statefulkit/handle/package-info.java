/**
 * Operates a deployed workload: its pods, its logs, its database. A handle is what a user has; what its operations return is in the
 * packages below, one for each kind of operation.
 */
@NullMarked
package io.statefulkit.handle;

import org.jspecify.annotations.NullMarked;
