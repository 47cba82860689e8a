package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A response that is known as a whole.
 *
 * @param code the HTTP code
 * @param contentType the content type
 * @param body the body
 * @param warnings the texts of the {@code Warning} headers
 * @param retryAfterSeconds when to try again, or 0
 * @param encoding how the body is compressed, or empty
 */
record Answer(
        int code, String contentType, Buffer body, List<String> warnings, int retryAfterSeconds, String encoding) {

    private static final int NO_CONTENT = 204;

    Answer {
        warnings = List.copyOf(warnings);
    }

    Answer(int code, String contentType, Buffer body, List<String> warnings, int retryAfterSeconds) {
        this(code, contentType, body, warnings, retryAfterSeconds, "");
    }

    static Answer json(int code, JsonNode body) {
        return json(code, "application/json", body);
    }

    static Answer json(int code, String contentType, JsonNode body) {
        return json(code, contentType, Buffer.buffer(Json.bytes(body)));
    }

    static Answer json(int code, String contentType, Buffer body) {
        return new Answer(code, contentType, body, List.of(), 0);
    }

    static Answer text(int code, String text) {
        return new Answer(code, "text/plain; charset=utf-8", Buffer.buffer(text), List.of(), 0);
    }

    static Answer failure(Failure failure) {
        ObjectNode status = failure.status();
        if (failure.code() == NO_CONTENT) {
            return text(NO_CONTENT, "");
        }
        int retry = status.path("details").path("retryAfterSeconds").asInt(0);
        return new Answer(
                failure.code(), "application/json", Buffer.buffer(Json.bytes(status)), List.of(), Math.max(0, retry));
    }

    Answer withWarnings(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Answer(code, contentType, body, all, retryAfterSeconds, encoding);
    }

    Answer encoded(String how, Buffer compressed) {
        return new Answer(code, contentType, compressed, warnings, retryAfterSeconds, how);
    }

    /** Sends it, unless the client is gone; must be called on the event loop of the connection. */
    void send(HttpServerResponse response) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(code)
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-cache, private");
        for (String warning : warnings) {
            response.headers().add("Warning", "299 - \"" + quoted(warning) + "\"");
        }
        if (!encoding.isEmpty()) {
            response.putHeader("Content-Encoding", encoding).putHeader("Vary", "Accept-Encoding");
        }
        if (retryAfterSeconds > 0) {
            response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        response.end(body);
    }

    private static String quoted(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else {
                safe.append(c < ' ' || c > '~' ? ' ' : c);
            }
        }
        return safe.toString();
    }
}
