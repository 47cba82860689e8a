package io.statefulkit.cluster.existing;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** What tests must be allowed to do, asked before they begin: a right that is missing shows in one message instead of in each test. */
final class Rights {

    /** What every test needs: a verb, the group and the resource. */
    static final List<String> OF_TESTS = List.of(
            "create  namespaces",
            "delete  namespaces",
            "get  namespaces",
            "create apps statefulsets",
            "patch apps statefulsets",
            "watch apps statefulsets",
            "create  secrets",
            "list  secrets",
            "create  services",
            "patch  services",
            "delete  pods",
            "list  pods",
            "watch  pods",
            "get  pods/log",
            "get  pods/exec",
            "create  pods/exec",
            "get  pods/portforward",
            "create  pods/portforward",
            "list  events",
            "list  persistentvolumeclaims");

    /** What the disruptions of nodes need besides: a privileged pod that kills, and nodes that take no pods for a while. */
    static final List<String> OF_NODE_DISRUPTIONS = List.of(
            "create  pods",
            "get  pods",
            "get  pods/log",
            "delete  pods",
            "create  pods/eviction",
            "get  nodes",
            "list  nodes",
            "patch  nodes");

    private Rights() {}

    /** Those of these that are missing, such as {@code delete namespaces}. */
    static List<String> missing(KubernetesClient client, List<String> rights) {
        return rights.stream()
                .map(right -> right.split(" ", -1))
                .filter(right -> !isAllowed(client, right[0], right[1], right[2]))
                .map(right -> right[0] + " " + right[2])
                .toList();
    }

    private static boolean isAllowed(KubernetesClient client, String verb, String group, String resource) {
        String[] kindAndPart = resource.split("/", 2);
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(kindAndPart[0])
                .withSubresource(kindAndPart.length == 1 ? null : kindAndPart[1])
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
