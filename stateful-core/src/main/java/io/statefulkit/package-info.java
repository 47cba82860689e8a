/** Describe, deploy and operate stateful workloads on Kubernetes. */
@NullMarked
package io.statefulkit;

import org.jspecify.annotations.NullMarked;
