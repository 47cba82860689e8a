/** Tests of what can be said. */
@NullMarked
package io.statefulkit.spec;

import org.jspecify.annotations.NullMarked;
