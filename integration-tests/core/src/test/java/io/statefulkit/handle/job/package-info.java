/** Tests of what an interruption leaves. */
@NullMarked
package io.statefulkit.handle.job;

import org.jspecify.annotations.NullMarked;
