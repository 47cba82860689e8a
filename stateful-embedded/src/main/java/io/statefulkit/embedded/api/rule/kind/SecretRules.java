package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Secrets. */
final class SecretRules implements KindRules {

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"));

    private static final String SERVICE_ACCOUNT = "kubernetes.io/service-account.name";

    @Override
    public void defaults(ObjectNode secret) {
        Defaults.text(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode texts && !texts.isEmpty()) {
            ObjectNode data = Json.child(secret, "data");
            for (Map.Entry<String, JsonNode> text : texts.properties()) {
                byte[] bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    @Override
    public void validate(ObjectNode secret, Violations violations) {
        ConfigMapRules.keys(secret.path("data"), "data", violations);
        long size = ConfigMapRules.size(secret.path("data"), true);
        violations.addIf(size > ConfigMapRules.MAX_SIZE, Violation.tooLong("data", ConfigMapRules.MAX_SIZE));
        names(secret, violations);
        String type = Json.text(secret, "type");
        for (String key : REQUIRED.getOrDefault(type, List.of())) {
            String value = Json.text(secret, "data", key);
            boolean there = type.endsWith("/ssh-auth")
                    ? !value.isEmpty()
                    : secret.path("data").has(key);
            if (!there) {
                violations.add(Violation.required("data[" + key + "]", ""));
            } else if (type.contains("/dockerc")) {
                JsonContents.problem(value)
                        .ifPresent(problem -> violations.add(
                                Violation.invalid("data[" + key + "]", "<secret contents redacted>", problem)));
            }
        }
    }

    private static void names(ObjectNode secret, Violations violations) {
        if (Json.text(secret, "type").equals("kubernetes.io/basic-auth")
                && !secret.path("data").has("username")
                && !secret.path("data").has("password")) {
            violations.add(Violation.required("data[username]", ""));
            violations.add(Violation.required("data[password]", ""));
        }
        violations.addIf(
                Json.text(secret, "type").equals("kubernetes.io/service-account-token")
                        && Json.text(secret, "metadata", "annotations", SERVICE_ACCOUNT)
                                .isEmpty(),
                Violation.required("metadata.annotations[" + SERVICE_ACCOUNT + "]", ""));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        Check.immutable(old.path("type"), next.path("type"), "type", violations);
        ConfigMapRules.frozen(old, next, List.of("data"), violations);
        validate(next, violations);
    }
}
