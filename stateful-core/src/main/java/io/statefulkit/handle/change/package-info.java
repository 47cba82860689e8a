/** Changes of a running server that take several steps: another image, another password, an append-only file. */
@NullMarked
package io.statefulkit.handle.change;

import org.jspecify.annotations.NullMarked;
