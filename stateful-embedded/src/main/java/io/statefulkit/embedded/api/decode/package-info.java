/** From the body of a request to an object of its kind: unknown fields, wrong types, what stands for nothing. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.decode;
