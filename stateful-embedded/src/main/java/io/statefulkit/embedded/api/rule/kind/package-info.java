/** Defaults and rules of each kind; {@link io.statefulkit.embedded.api.rule.kind.Rules} knows which. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.rule.kind;
