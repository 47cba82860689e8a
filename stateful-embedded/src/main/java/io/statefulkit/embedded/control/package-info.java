/** The controllers. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control;
