/** The command line of the samples. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.cli;
