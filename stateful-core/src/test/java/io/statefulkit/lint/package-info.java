/** Tests of the rules. */
@NullMarked
package io.statefulkit.lint;

import org.jspecify.annotations.NullMarked;
