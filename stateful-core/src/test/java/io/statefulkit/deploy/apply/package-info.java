/** Tests of deploying and waiting. */
@NullMarked
package io.statefulkit.deploy.apply;

import org.jspecify.annotations.NullMarked;
