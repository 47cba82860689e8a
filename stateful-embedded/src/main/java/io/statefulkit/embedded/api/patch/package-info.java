/** Patches of JSON, merge and strategic merge. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.patch;
