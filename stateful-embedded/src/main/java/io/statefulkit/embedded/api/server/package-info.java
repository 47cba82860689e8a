/** The API server over the store: {@link io.statefulkit.embedded.api.server.StoreApi} brings the other rooms together. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.server;
