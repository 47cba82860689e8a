/** What fields the kinds have, of which types, and how their lists and maps merge; see {@link Types}. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.schema;
