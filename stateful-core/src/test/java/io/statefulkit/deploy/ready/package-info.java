/** Tests of deploying and waiting. */
@NullMarked
package io.statefulkit.deploy.ready;

import org.jspecify.annotations.NullMarked;
