/** What is lost without a volume, and what several servers make of one. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.loss;
