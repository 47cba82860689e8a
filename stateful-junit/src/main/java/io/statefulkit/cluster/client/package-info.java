/** What can be done with a cluster of any kind through its API server, and what it tells about a namespace. */
@NullMarked
package io.statefulkit.cluster.client;

import org.jspecify.annotations.NullMarked;
