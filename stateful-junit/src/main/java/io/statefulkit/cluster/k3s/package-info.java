/** A k3s server in containers, and what is in the way of one. */
@NullMarked
package io.statefulkit.cluster.k3s;

import org.jspecify.annotations.NullMarked;
