/** Immutable descriptions of stateful workloads; start at {@link io.statefulkit.spec.StatefulPostgres}. */
@NullMarked
package io.statefulkit.spec;

import org.jspecify.annotations.NullMarked;
