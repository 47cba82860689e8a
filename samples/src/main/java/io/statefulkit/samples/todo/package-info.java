/** A to-do list whose database is crashed, redeployed, filled, emptied and dumped. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.todo;
