/** Endpoints, EndpointSlices and the proxies behind services. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.network;
