/** Tests of operations on pods and volumes. */
@NullMarked
package io.statefulkit.handle.pod;

import org.jspecify.annotations.NullMarked;
