/** Objects under one revision counter, with the history that watches read. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.store;
