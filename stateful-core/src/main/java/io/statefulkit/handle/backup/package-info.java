/** The dumps of a server: made, listed, proved, restored. */
@NullMarked
package io.statefulkit.handle.backup;

import org.jspecify.annotations.NullMarked;
