/** Lists and watches. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.read;
