/** The binary form in which clients written in Go send objects. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.http.protobuf;
