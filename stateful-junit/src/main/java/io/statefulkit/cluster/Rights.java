package io.statefulkit.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Stream;

/** What tests must be allowed to do, asked before they begin: a right that is missing shows in one message instead of in each test. */
final class Rights {

    private Rights() {}

    /** Those that are missing, such as {@code delete namespaces}. */
    static List<String> missing(KubernetesClient client) {
        return Stream.of(
                        "create  namespaces",
                        "delete  namespaces",
                        "create apps statefulsets",
                        "patch apps statefulsets",
                        "create  secrets",
                        "create  services",
                        "delete  pods",
                        "list  pods",
                        "list  persistentvolumeclaims")
                .map(right -> right.split(" ", -1))
                .filter(right -> !isAllowed(client, right[0], right[1], right[2]))
                .map(right -> right[0] + " " + right[2])
                .toList();
    }

    private static boolean isAllowed(KubernetesClient client, String verb, String group, String resource) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            SelfSubjectAccessReview answer =
                    client.authorization().v1().selfSubjectAccessReview().create(question);
            return answer.getStatus() != null
                    && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        } catch (KubernetesClientException e) {
            // A cluster that knows no such question has no rules that could be in the way.
            if (e.getCode() == 404) {
                return true;
            }
            throw e;
        }
    }
}
