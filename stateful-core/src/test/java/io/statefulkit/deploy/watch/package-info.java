/** Tests of deploying and waiting. */
@NullMarked
package io.statefulkit.deploy.watch;

import org.jspecify.annotations.NullMarked;
