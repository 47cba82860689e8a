/** Recipes that stand for images. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.image;
