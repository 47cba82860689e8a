/**
 * Benchmarks: each figure is a ratio against a reference that is measured in the same run. {@code Benchmarks} runs them; they
 * are no tests, because a busy machine would fail them.
 */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.benchmarks;
