package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.Map;
import java.util.Optional;

/** Answers questions about what a user may do: everything. */
final class Reviews {

    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";
    private static final Map<String, String> KINDS = Map.of(
            AUTHORIZATION + "selfsubjectaccessreviews", "SelfSubjectAccessReview",
            AUTHORIZATION + "subjectaccessreviews", "SubjectAccessReview",
            AUTHORIZATION + "selfsubjectrulesreviews", "SelfSubjectRulesReview",
            AUTHENTICATION + "selfsubjectreviews", "SelfSubjectReview");

    Optional<Answer> answer(Call call) {
        String kind = KINDS.get(call.path());
        if (kind == null || !call.method().equals("POST")) {
            return Optional.empty();
        }
        ObjectNode review = Json.object();
        String group = call.path().startsWith(AUTHORIZATION) ? "authorization.k8s.io/v1" : "authentication.k8s.io/v1";
        review.put("kind", kind).put("apiVersion", group);
        ObjectNode asked = Bodies.object(call, kind);
        review.set("metadata", asked.path("metadata").isObject() ? asked.path("metadata") : Json.object());
        if (asked.path("spec").isObject()) {
            review.set("spec", asked.path("spec"));
        }
        review.set("status", status(kind));
        return Optional.of(Answer.json(201, review));
    }

    private static ObjectNode status(String kind) {
        ObjectNode status = Json.object();
        switch (kind) {
            case "SelfSubjectRulesReview" -> {
                status.putArray("resourceRules").add(everything("apiGroups", "resources"));
                status.putArray("nonResourceRules").add(everything("nonResourceURLs"));
                status.put("incomplete", false);
            }
            case "SelfSubjectReview" -> {
                ObjectNode user = status.putObject("userInfo").put("username", "system:admin");
                user.putArray("groups").add("system:masters").add("system:authenticated");
            }
            default -> status.put("allowed", true);
        }
        return status;
    }

    private static ObjectNode everything(String... of) {
        ObjectNode rule = Json.object();
        rule.putArray("verbs").add("*");
        for (String each : of) {
            rule.putArray(each).add("*");
        }
        return rule;
    }
}
