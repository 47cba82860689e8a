/** Volumes made by hand and on demand, and those that nobody needs any more. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.bigco;
