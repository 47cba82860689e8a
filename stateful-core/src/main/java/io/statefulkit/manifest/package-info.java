/** From a spec to Kubernetes objects and YAML; start at {@link io.statefulkit.manifest.Plan}. */
@NullMarked
package io.statefulkit.manifest;

import org.jspecify.annotations.NullMarked;
