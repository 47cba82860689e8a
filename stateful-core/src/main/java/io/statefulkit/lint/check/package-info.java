/** Looks for what breaks the rules; start at {@link io.statefulkit.lint.check.Lint}. */
@NullMarked
package io.statefulkit.lint.check;

import org.jspecify.annotations.NullMarked;
