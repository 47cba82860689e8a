/** Tests of commands and forwards. */
@NullMarked
package io.statefulkit.handle.connection;

import org.jspecify.annotations.NullMarked;
