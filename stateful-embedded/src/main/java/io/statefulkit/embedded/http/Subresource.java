package io.statefulkit.embedded.http;

import static io.statefulkit.embedded.api.ResourceCatalog.NAMESPACES;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.SERVICE_ACCOUNTS;

import io.statefulkit.embedded.api.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A subresource, as discovery shows it.
 *
 * @param name the last part of the path
 * @param group the group of its kind
 * @param version the version of its kind, empty for that of the resource
 * @param kind its kind
 * @param verbs what can be done with it
 */
record Subresource(String name, String group, String version, String kind, List<String> verbs) {

    private static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");
    private static final List<String> CONNECT = List.of("create", "get");

    Subresource {
        verbs = List.copyOf(verbs);
    }

    /** Returns the subresources of a kind, sorted by name. */
    static List<Subresource> of(ResourceType type) {
        List<Subresource> all = new ArrayList<>();
        if (type.status()) {
            all.add(new Subresource("status", "", "", type.kind(), READ_AND_WRITE));
        }
        if (type.scale()) {
            all.add(new Subresource("scale", "autoscaling", "v1", "Scale", READ_AND_WRITE));
        }
        if (type.equals(NAMESPACES)) {
            all.add(new Subresource("finalize", "", "", type.kind(), List.of("update")));
        }
        if (type.equals(SERVICE_ACCOUNTS)) {
            all.add(new Subresource("token", "authentication.k8s.io", "v1", "TokenRequest", List.of("create")));
        }
        if (type.equals(PODS)) {
            all.addAll(ofPods());
        }
        all.sort(Comparator.comparing(Subresource::name));
        return List.copyOf(all);
    }

    /** Returns the subresource of this name. */
    static Optional<Subresource> of(ResourceType type, String name) {
        return of(type).stream().filter(sub -> sub.name().equals(name)).findFirst();
    }

    private static List<Subresource> ofPods() {
        return List.of(
                new Subresource("attach", "", "", "PodAttachOptions", CONNECT),
                new Subresource("binding", "", "", "Binding", List.of("create")),
                new Subresource("eviction", "policy", "v1", "Eviction", List.of("create")),
                new Subresource("exec", "", "", "PodExecOptions", CONNECT),
                new Subresource("log", "", "", "Pod", List.of("get")),
                new Subresource("portforward", "", "", "PodPortForwardOptions", CONNECT));
    }
}
