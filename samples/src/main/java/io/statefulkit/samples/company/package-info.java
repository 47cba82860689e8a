/** A database in a StatefulSet that fails to start, starts, and is disturbed. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.company;
