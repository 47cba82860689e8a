/** The embedded cluster through the eyes of its clients. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.client;
