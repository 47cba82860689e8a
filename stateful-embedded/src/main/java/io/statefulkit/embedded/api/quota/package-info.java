/** What a namespace allows and how much of it is used: quotas and limit ranges. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.quota;
