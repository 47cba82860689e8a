package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tells what keeps a namespace that is being deleted. */
record StuckNamespace(KubernetesClient client, String name) {

    private static final int MOST = 20;

    /** What the cluster says about it, and what in it waits for finalizers; a line each. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        Namespace namespace = client.namespaces().withName(name).get();
        if (namespace != null && namespace.getStatus() != null) {
            namespace.getStatus().getConditions().stream()
                    .filter(condition -> "True".equals(condition.getStatus()))
                    .map(condition -> condition.getType() + ": " + condition.getMessage())
                    .forEach(reasons::add);
        }
        Stream.<MixedOperation<? extends HasMetadata, ?, ?>>of(
                        client.pods(),
                        client.persistentVolumeClaims(),
                        client.apps().statefulSets(),
                        client.apps().deployments(),
                        client.batch().v1().jobs(),
                        client.services(),
                        client.configMaps(),
                        client.secrets())
                .flatMap(kind -> in(kind, name))
                .filter(object -> !object.getFinalizers().isEmpty())
                .limit(MOST)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName() + " waits for the finalizers "
                        + object.getFinalizers())
                .forEach(reasons::add);
        return reasons;
    }

    private static Stream<HasMetadata> in(MixedOperation<? extends HasMetadata, ?, ?> kind, String namespace) {
        return kind.inNamespace(namespace).resources().map(resource -> (HasMetadata) resource.item());
    }
}
