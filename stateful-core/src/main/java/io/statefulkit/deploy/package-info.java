/** How to put objects on a cluster, and what is said when they do not become ready; {@link io.statefulkit.deploy.apply.Deployer} does it. */
@NullMarked
package io.statefulkit.deploy;

import org.jspecify.annotations.NullMarked;
