/** Defaults and rules of pods and of templates for them. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.rule.pod;
