package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Issues tokens for service accounts: they look like real ones, and nobody checks them. */
final class ServiceAccountTokens {

    private static final int DEFAULT_SECONDS = 3600;

    private ServiceAccountTokens() {}

    static ObjectNode issue(ObjectNode account, ObjectNode request, Clock clock) {
        String namespace = Json.text(account, "metadata", "namespace");
        String name = Json.text(account, "metadata", "name");
        long seconds = Json.at(request, "spec", "expirationSeconds").asLong(DEFAULT_SECONDS);
        Instant expiry = clock.instant().plusSeconds(seconds);
        ObjectNode claims = Json.object()
                .put("sub", "system:serviceaccount:" + namespace + ":" + name)
                .put("exp", expiry.getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        ObjectNode answer = Json.object();
        answer.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        answer.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode spec = answer.putObject("spec");
        spec.set(
                "audiences",
                Json.at(request, "spec", "audiences").isArray()
                        ? Json.at(request, "spec", "audiences").deepCopy()
                        : Json.object().arrayNode().add("https://kubernetes.default.svc"));
        spec.put("expirationSeconds", seconds);
        answer.putObject("status")
                .put("token", encode(Json.object().put("alg", "none")) + "." + encode(claims) + ".embedded")
                .put("expirationTimestamp", Timestamps.format(expiry));
        return answer;
    }

    private static String encode(ObjectNode part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(part));
    }
}
