/** What all stories share: where they are told, and how they fail. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.stage;
