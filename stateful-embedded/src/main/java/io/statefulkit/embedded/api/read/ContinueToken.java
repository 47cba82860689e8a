package io.statefulkit.embedded.api.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.json.JsonSyntax;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended.
 *
 * @param revision the revision of the first page; {@link #ANY} when it does not matter
 * @param start the last object that was given, as namespace, slash, name
 */
record ContinueToken(long revision, String start) {

    /** The revision of a list that goes on with what is there now, since the first page is forgotten. */
    static final long ANY = -1;

    /** The start of the first page. */
    static final ContinueToken FIRST = new ContinueToken(0, "");

    private static final String VERSION = "meta.k8s.io/v1";
    private static final Pattern NO_BASE64 = Pattern.compile("[^A-Za-z0-9_-]");

    // Parts of a path that point nowhere, or back.
    private static final Pattern UNCLEAN = Pattern.compile("//|/\\.\\.?(/|$)|.+/$");

    String text() {
        ObjectNode token = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
    }

    static ContinueToken parse(String text) {
        JsonNode token = json(decoded(text));
        String version = token.path("v").asText("");
        if (!version.equals(VERSION)) {
            throw invalid(": server does not recognize this encoded version " + version);
        }
        long revision = token.path("rv").asLong();
        if (revision == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        String start = token.path("start").asText("");
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version " + VERSION + ")");
        }
        if (UNCLEAN.matcher(start.startsWith("/") ? start : "/" + start).find()) {
            throw invalid(": " + start);
        }
        return new ContinueToken(Math.max(ANY, revision), start);
    }

    private static byte[] decoded(String text) {
        Matcher wrong = NO_BASE64.matcher(text);
        int at = wrong.find() ? wrong.start() : text.length() % 4 == 1 ? text.length() - 1 : -1;
        if (at >= 0) {
            throw invalid(": illegal base64 data at input byte " + at);
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static JsonNode json(byte[] decoded) {
        JsonNode token;
        try {
            token = Json.parse(decoded);
        } catch (IOException e) {
            throw invalid(": " + JsonSyntax.problem(decoded).orElse(""));
        }
        if (token.isMissingNode()) {
            throw invalid(": unexpected end of JSON input");
        }
        require(token.isObject() || token.isNull(), token, "value of type storage.continueToken");
        JsonNode revision = token.path("rv");
        require(
                absent(revision) || revision.isIntegralNumber(),
                revision,
                "struct field continueToken.rv of type int64");
        for (String field : new String[] {"v", "start"}) {
            JsonNode text = token.path(field);
            require(absent(text) || text.isTextual(), text, "struct field continueToken." + field + " of type string");
        }
        return token;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void require(boolean fits, JsonNode value, String type) {
        if (!fits) {
            String found =
                    value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
            throw invalid(": json: cannot unmarshal " + found + " into Go " + type);
        }
    }

    private static Failure invalid(String why) {
        return Failures.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
