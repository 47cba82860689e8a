/** Tests of the command line. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.cli;
