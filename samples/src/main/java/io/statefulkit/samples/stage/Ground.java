package io.statefulkit.samples.stage;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The cluster that a story is told on, as far as stories depend on it: what it is, what it has, and what its user may do. A story asks
 * before it begins with something that not every cluster has, and leaves it out where that is missing.
 *
 * @param client asks the cluster
 */
public record Ground(KubernetesClient client) {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final int FORBIDDEN = 403;

    /** Whether its containers are processes of this machine: nothing is pulled, and images are what is installed. */
    public boolean embedded() {
        return nodes().embedded();
    }

    /** Whether there is a server of this program: everywhere but on an embedded cluster, which has it only where it is installed. */
    public boolean hasServer(String program) {
        return !embedded() || Installed.program(program);
    }

    /** The host name of a node that takes pods; empty when there is none, or nodes may not be listed. */
    public Optional<String> host() {
        return nodes().host();
    }

    /** Whether one of the nodes has this image already; no when nodes may not be listed. */
    public boolean hasImage(String image) {
        return nodes().have(image);
    }

    /** The storage classes; none when they may not be listed. */
    public List<StorageClass> classes() {
        return allowed(() -> client.storage().v1().storageClasses().list().getItems());
    }

    /** The class of claims that name none, if there is one. */
    public Optional<StorageClass> defaultClass() {
        return classes().stream().filter(Ground::isDefault).findFirst();
    }

    /** Whether claims that name no class get this one. */
    public static boolean isDefault(StorageClass one) {
        Map<String, String> notes = one.getMetadata().getAnnotations();
        return notes != null && "true".equals(notes.get(DEFAULT_CLASS));
    }

    /**
     * Which of these rights the user of the client has not.
     *
     * @param rights each a verb, a group and a resource: {@code create storage.k8s.io storageclasses}; a dash for the group without a
     *     name
     */
    public List<String> missing(String... rights) {
        return Arrays.stream(rights)
                .map(right -> right.split(" ", -1))
                .filter(right -> !isAllowed(right[0], right[1].equals("-") ? "" : right[1], right[2]))
                .map(right -> right[0] + " " + right[2])
                .toList();
    }

    /** Why no storage classes can be made here; empty when they can. */
    public Optional<String> noClasses() {
        return without(missing(
                "create storage.k8s.io storageclasses",
                "patch storage.k8s.io storageclasses",
                "get storage.k8s.io storageclasses",
                "delete storage.k8s.io storageclasses",
                "get - persistentvolumes",
                "patch - persistentvolumes"));
    }

    /** Why no volumes can be made by hand here; empty when they can. */
    public Optional<String> noVolumesByHand() {
        return noClasses()
                .or(() -> without(missing("create - persistentvolumes", "delete - persistentvolumes", "list - nodes")))
                .or(() -> host().isPresent() ? Optional.empty() : Optional.of("no node takes pods"));
    }

    private static Optional<String> without(List<String> missing) {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the user of this cluster may not: " + String.join(", ", missing));
    }

    private boolean isAllowed(String verb, String group, String resource) {
        SelfSubjectAccessReview answer = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    private Nodes nodes() {
        return new Nodes(allowed(() -> client.nodes().list().getItems()));
    }

    private static <T> List<T> allowed(Supplier<List<T>> list) {
        try {
            return list.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                throw e;
            }
            return List.of();
        }
    }
}
