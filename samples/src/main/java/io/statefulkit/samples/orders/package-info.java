/** The first story: orders survive whatever happens to their pod. {@code OrdersSurvive} tells it. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.orders;
