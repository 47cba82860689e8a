package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Answers questions about what a user may do: everything. */
final class Reviews {

    private static final String PREFIX = "/apis/authorization.k8s.io/v1/";
    private static final Map<String, String> KINDS = Map.of(
            "selfsubjectaccessreviews", "SelfSubjectAccessReview",
            "subjectaccessreviews", "SubjectAccessReview");

    Optional<Answer> answer(Call call) {
        String name = call.path().startsWith(PREFIX) ? call.path().substring(PREFIX.length()) : "";
        String kind = KINDS.get(name);
        if (kind == null || !call.method().equals("POST")) {
            return Optional.empty();
        }
        ObjectNode review = Bodies.object(call, kind).deepCopy();
        review.put("kind", kind).put("apiVersion", "authorization.k8s.io/v1");
        review.putObject("status").put("allowed", true);
        return Optional.of(Answer.json(201, review));
    }
}
