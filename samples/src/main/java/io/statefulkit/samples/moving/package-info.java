/** A database that was written by hand moves to StatefulKit. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.moving;
