/** Where a workload keeps its data: claims, sizes, classes, static volumes. */
@NullMarked
package io.statefulkit.spec.storage;

import org.jspecify.annotations.NullMarked;
