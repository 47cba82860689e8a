/** Tests of changes of several steps. */
@NullMarked
package io.statefulkit.handle.change;

import org.jspecify.annotations.NullMarked;
