/** What can be asked of the API server: the port that HTTP, controllers and node share. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api;
