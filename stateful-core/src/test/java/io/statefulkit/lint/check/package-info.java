/** Tests of what finds broken rules. */
@NullMarked
package io.statefulkit.lint.check;

import org.jspecify.annotations.NullMarked;
