/** What tests of stories share. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.stage;
