/** How a component tells of objects: what repeats is counted, what is alike combined, and too much left out. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.event;
