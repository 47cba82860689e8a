/** What several tests share. */
@NullMarked
package io.statefulkit.testing;

import org.jspecify.annotations.NullMarked;
