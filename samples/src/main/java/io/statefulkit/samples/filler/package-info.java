/** Two key-value stores with a program beside each. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.filler;
