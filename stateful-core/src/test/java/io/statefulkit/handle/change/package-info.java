/** Tests of changes of several servers. */
@NullMarked
package io.statefulkit.handle.change;

import org.jspecify.annotations.NullMarked;
