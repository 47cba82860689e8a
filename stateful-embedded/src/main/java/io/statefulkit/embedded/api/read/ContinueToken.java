package io.statefulkit.embedded.api.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.json.JsonSyntax;
import java.io.IOException;
import java.util.Base64;

/**
 * Where a page ended.
 *
 * @param revision the revision of the first page
 * @param start the last object that was given, as namespace, slash, name
 */
record ContinueToken(long revision, String start) {

    private static final String VERSION = "meta.k8s.io/v1";

    /** The start of the first page. */
    static final ContinueToken FIRST = new ContinueToken(0, "");

    String text() {
        ObjectNode token = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
    }

    static ContinueToken parse(String text) {
        try {
            JsonNode token = Json.parse(Base64.getUrlDecoder().decode(text));
            if (token.path("v").asText().equals(VERSION) && token.path("rv").asLong() > 0) {
                return new ContinueToken(
                        token.path("rv").asLong(), token.path("start").asText());
            }
        } catch (IOException e) {
            String problem =
                    JsonSyntax.problem(Base64.getUrlDecoder().decode(text)).orElse("");
            throw Failures.badRequest("continue key is not valid: " + problem);
        } catch (IllegalArgumentException e) {
            throw Failures.badRequest("continue key is not valid: illegal base64 data at input byte 0");
        }
        throw Failures.badRequest(
                "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
}
