/** Server-side apply, and who owns which field of an object. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.apply;
