/** Tests of deploying and waiting. */
@NullMarked
package io.statefulkit.deploy;

import org.jspecify.annotations.NullMarked;
