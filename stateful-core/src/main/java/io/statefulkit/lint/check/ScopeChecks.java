package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.objects.Manifest;
import java.util.HashSet;
import java.util.Set;

/** Whether objects are where they can be. */
final class ScopeChecks {

    private static final Set<String> CLUSTER = Set.of(
            "Namespace",
            "PersistentVolume",
            "StorageClass",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "PriorityClass",
            "Node");

    private ScopeChecks() {}

    static void look(Manifest manifest, Findings findings) {
        Set<String> later = new HashSet<>();
        manifest.all(Namespace.class)
                .forEach(namespace -> later.add(namespace.getMetadata().getName()));
        for (HasMetadata object : manifest.objects()) {
            String namespace = object.getMetadata().getNamespace();
            String path = object.getKind() + "/" + object.getMetadata().getName();
            if (object instanceof Namespace) {
                later.remove(object.getMetadata().getName());
            }
            if (namespace != null && CLUSTER.contains(object.getKind())) {
                findings.add(Rule.ST14, path, object.getKind(), namespace);
            } else if (namespace != null && later.contains(namespace)) {
                findings.add(Rule.ST15, path, namespace);
            }
        }
    }
}
