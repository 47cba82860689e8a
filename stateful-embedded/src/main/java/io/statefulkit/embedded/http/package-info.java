/** The API server on a socket. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.http;
