/** Argument checks and other small things that have no better home. Not for users. */
@NullMarked
package io.statefulkit.internal;

import org.jspecify.annotations.NullMarked;
