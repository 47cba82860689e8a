/** What the JVMs of a build know of each other: who started them, and whose turn it is. */
@NullMarked
package io.statefulkit.cluster.run;

import org.jspecify.annotations.NullMarked;
