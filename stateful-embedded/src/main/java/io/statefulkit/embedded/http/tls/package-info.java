/** The certificate of a server that nobody knew before, made without a key store. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.http.tls;
