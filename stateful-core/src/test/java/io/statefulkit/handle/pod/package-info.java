/** Tests of what is decided about pods. */
@NullMarked
package io.statefulkit.handle.pod;

import org.jspecify.annotations.NullMarked;
