/** What defaults and rules of the kinds are made of. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.rule;
