/** Tests of what a deployment makes of what a cluster says. */
@NullMarked
package io.statefulkit.deploy.apply;

import org.jspecify.annotations.NullMarked;
