/** Puts the objects of a plan on a cluster, after a look at what is there. */
@NullMarked
package io.statefulkit.deploy.apply;

import org.jspecify.annotations.NullMarked;
