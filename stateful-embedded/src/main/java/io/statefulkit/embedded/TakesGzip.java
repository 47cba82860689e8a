package io.statefulkit.embedded;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Asks for what is long in compressed form, as other clients do by themselves: to encrypt and to copy it takes longer than to
 * unpack it. That is done here and not by the HTTP client, of which there are several, and the usual one unpacks in small pieces.
 */
final class TakesGzip implements Interceptor {

    private static final String ACCEPT = "Accept-Encoding";

    /** What this asks for; a request that says something else itself is left alone. */
    private static final String GZIP = "gzip, identity;q=0.5";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (request.method().equals("GET") && request.headers(ACCEPT).isEmpty() && isOfObjects(request)) {
            builder.setHeader(ACCEPT, GZIP);
        }
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return request.headers(ACCEPT).contains(GZIP) ? new Unpacking(consumer) : consumer;
    }

    /** A log may be anything; objects are text, which never begins like what is compressed. */
    private static boolean isOfObjects(HttpRequest request) {
        return !request.uri().getPath().endsWith("/log");
    }
}
