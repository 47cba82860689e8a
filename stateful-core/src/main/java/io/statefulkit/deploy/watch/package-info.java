/** What a cluster shows of a workload, kept up to date by watches. */
@NullMarked
package io.statefulkit.deploy.watch;

import org.jspecify.annotations.NullMarked;
