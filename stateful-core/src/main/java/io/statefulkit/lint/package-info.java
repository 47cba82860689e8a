/** The rules of keeping data: each with an id, a reason and a fix; start at {@link io.statefulkit.lint.Lint}. */
@NullMarked
package io.statefulkit.lint;

import org.jspecify.annotations.NullMarked;
