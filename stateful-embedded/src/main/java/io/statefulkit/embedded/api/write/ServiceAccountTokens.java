package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues tokens for service accounts, and knows them again: JSON web tokens that are signed with a key of this API server.
 * When they expire is written in them and not enforced.
 */
public final class ServiceAccountTokens {

    private static final int DEFAULT_SECONDS = 3600;
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final ObjectStore store;
    private final SecretKeySpec key;
    private final Clock clock;

    public ServiceAccountTokens(ObjectStore store, Clock clock) {
        this.store = store;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.clock = clock;
    }

    public ObjectNode issue(ObjectNode account, ObjectNode request) {
        long seconds = Json.at(request, "spec", "expirationSeconds").asLong(DEFAULT_SECONDS);
        checkDuration(seconds);
        BoundObject.check(store, account, request);
        Instant expiry = clock.instant().plusSeconds(seconds);
        JsonNode asked = Json.at(request, "spec", "audiences");
        JsonNode audiences = asked.isArray() && !asked.isEmpty()
                ? asked.deepCopy()
                : Json.object().arrayNode().add(ISSUER);
        String body = encode(Json.object().put("alg", "HS256").put("typ", "JWT")) + "."
                + encode(claims(account, request, audiences, expiry));
        ObjectNode answer = Json.object();
        answer.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        answer.putObject("metadata")
                .put("name", Json.text(account, "metadata", "name"))
                .put("namespace", Json.text(account, "metadata", "namespace"));
        ObjectNode spec = answer.putObject("spec");
        spec.set("audiences", audiences);
        spec.put("expirationSeconds", seconds);
        if (Json.at(request, "spec", "boundObjectRef") instanceof ObjectNode bound) {
            spec.set("boundObjectRef", bound.deepCopy());
        }
        answer.putObject("status")
                .put("token", body + "." + signature(body))
                .put("expirationTimestamp", Timestamps.format(expiry));
        return answer;
    }

    private static void checkDuration(long seconds) {
        String wrong = seconds < SHORTEST_SECONDS
                ? "may not specify a duration less than 10 minutes"
                : seconds > LONGEST_SECONDS ? "may not specify a duration larger than 2^32 seconds" : "";
        if (!wrong.isEmpty()) {
            Violation violation = Violation.invalid("spec.expirationSeconds", LongNode.valueOf(seconds), wrong);
            throw Failures.invalid("authentication.k8s.io", "TokenRequest", "", List.of(violation));
        }
    }

    private ObjectNode claims(ObjectNode account, ObjectNode request, JsonNode audiences, Instant expiry) {
        String namespace = Json.text(account, "metadata", "namespace");
        String name = Json.text(account, "metadata", "name");
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = Json.object();
        claims.set("aud", audiences);
        claims.put("exp", expiry.getEpochSecond())
                .put("iat", now)
                .put("iss", ISSUER)
                .put("jti", UUID.randomUUID().toString());
        ObjectNode about = claims.putObject("kubernetes.io").put("namespace", namespace);
        JsonNode bound = Json.at(request, "spec", "boundObjectRef");
        if (Json.text(bound, "kind").equals("Pod")) {
            about.putObject("pod").put("name", Json.text(bound, "name")).put("uid", Json.text(bound, "uid"));
        }
        about.putObject("serviceaccount").put("name", name).put("uid", Json.text(account, "metadata", "uid"));
        claims.put("nbf", now).put("sub", "system:serviceaccount:" + namespace + ":" + name);
        return claims;
    }

    /** Whether a token is one of those issued here. */
    public boolean accepts(String token) {
        int dot = token.lastIndexOf('.');
        return dot > 0
                && MessageDigest.isEqual(
                        signature(token.substring(0, dot)).getBytes(StandardCharsets.US_ASCII),
                        token.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String encode(ObjectNode part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(part));
    }
}
