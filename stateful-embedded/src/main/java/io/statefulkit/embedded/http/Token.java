package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.Api;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The bearer token that every request must carry: that of the administrator, or one of a service account. */
final class Token {

    private static final String BEARER = "Bearer ";

    private final Api api;
    private final byte[] expected;

    Token(Api api, String token) {
        this.api = api;
        this.expected = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses a request without a token with 401. */
    void check(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        String given = header == null ? "" : header;
        boolean administrator = MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
        boolean account = given.startsWith(BEARER) && api.acceptsToken(given.substring(BEARER.length()));
        if (!administrator && !account) {
            throw Refusal.of(401, "Unauthorized", "Unauthorized");
        }
    }
}
