/** Writers that keep writing rows to a database through whatever happens to it, and know what was acknowledged. */
@NullMarked
package io.statefulkit.survival.ledger;

import org.jspecify.annotations.NullMarked;
