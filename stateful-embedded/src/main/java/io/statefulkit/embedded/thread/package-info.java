/** What all rooms know of threads; begin at {@link io.statefulkit.embedded.thread.Daemons}. */
@NullMarked
package io.statefulkit.embedded.thread;

import org.jspecify.annotations.NullMarked;
