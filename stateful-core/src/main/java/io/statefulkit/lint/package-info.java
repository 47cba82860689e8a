/** The rules of keeping data, each with an id, a reason and a fix, and what is found by them; {@link io.statefulkit.lint.check.Lint} looks. */
@NullMarked
package io.statefulkit.lint;

import org.jspecify.annotations.NullMarked;
