/** Tests of what is read from jobs. */
@NullMarked
package io.statefulkit.handle.job;

import org.jspecify.annotations.NullMarked;
