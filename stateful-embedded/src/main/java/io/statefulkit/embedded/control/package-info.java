/** The controllers, and {@link io.statefulkit.embedded.control.Controllers}, which runs them all. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control;
