/** The embedded cluster: in this JVM, or in one of its own that several share. */
@NullMarked
package io.statefulkit.cluster.embedded;

import org.jspecify.annotations.NullMarked;
