/** What a pod of a workload is made of: image, resources, probes, credentials, security. */
@NullMarked
package io.statefulkit.spec.pod;

import org.jspecify.annotations.NullMarked;
