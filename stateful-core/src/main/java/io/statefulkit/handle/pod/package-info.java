/** Replaces, evicts, restarts, scales and stops the pods of a workload, and takes it off the cluster. */
@NullMarked
package io.statefulkit.handle.pod;

import org.jspecify.annotations.NullMarked;
