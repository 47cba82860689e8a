/** The StatefulSet controller. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.stateful;
