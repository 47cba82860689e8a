/** Images as recipes: which local programs stand for an image, and how they are started. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.image;
