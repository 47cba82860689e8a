package io.statefulkit.embedded.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * A request, read as a whole.
 *
 * @param method the HTTP method
 * @param path the decoded path
 * @param query the parameters
 * @param accept the {@code Accept} header, or empty
 * @param acceptEncoding the {@code Accept-Encoding} header, or empty
 * @param contentType the content type without its parameters, or empty
 * @param userAgent the {@code User-Agent} header, or empty
 * @param body the body, empty when there is none
 */
record Call(
        String method,
        String path,
        Query query,
        String accept,
        String acceptEncoding,
        String contentType,
        String userAgent,
        Buffer body) {

    static Call of(HttpServerRequest request, Buffer body) {
        String query = request.query();
        return new Call(
                request.method().name(),
                request.path(),
                Query.parse(query == null ? "" : query),
                header(request, "Accept"),
                header(request, "Accept-Encoding"),
                bare(header(request, "Content-Type")),
                header(request, "User-Agent"),
                body);
    }

    boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static String bare(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .trim()
                .toLowerCase(Locale.ROOT);
    }
}
