/** Who may import whom. */
@NullMarked
package io.statefulkit.architecture;

import org.jspecify.annotations.NullMarked;
