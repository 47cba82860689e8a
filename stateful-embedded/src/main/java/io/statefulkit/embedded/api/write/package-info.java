/** Create, update, delete and the subresources that write, in the order of a stored change. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.write;
