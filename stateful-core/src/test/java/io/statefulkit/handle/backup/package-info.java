/** Tests of names and files of restores. */
@NullMarked
package io.statefulkit.handle.backup;

import org.jspecify.annotations.NullMarked;
