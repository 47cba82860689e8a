/** Tests on a Kubernetes cluster: {@code @StatefulCluster}, and assertions that the data of a workload survives. */
@NullMarked
package io.statefulkit.junit;

import org.jspecify.annotations.NullMarked;
