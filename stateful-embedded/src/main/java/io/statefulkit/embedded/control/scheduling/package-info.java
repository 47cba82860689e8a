/** Which node a pod goes to. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.scheduling;
