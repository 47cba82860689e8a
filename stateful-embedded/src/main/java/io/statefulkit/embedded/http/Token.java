package io.statefulkit.embedded.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The bearer token that every request must carry. */
final class Token {

    private final byte[] expected;

    Token(String token) {
        this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses a request without the token with 401. */
    void check(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        byte[] seen = (header == null ? "" : header).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, seen)) {
            throw Refusal.of(401, "Unauthorized", "Unauthorized");
        }
    }
}
