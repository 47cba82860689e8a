package io.statefulkit.handle.place;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.spec.StatefulSpec;
import java.util.Map;
import java.util.Optional;

/**
 * Where a workload is and how to reach it.
 *
 * @param client the client, which stays open
 * @param ref the workload
 * @param selector the labels of its pods
 * @param waiting how to wait for it
 * @param spec what it was deployed from, if that is known; jobs need it
 */
public record Place(
        KubernetesClient client,
        WorkloadRef ref,
        Map<String, String> selector,
        Waiting waiting,
        Optional<StatefulSpec> spec) {

    /** Copies the labels. */
    public Place {
        selector = Map.copyOf(selector);
    }

    public WorkloadWatch watch() {
        return WorkloadWatch.open(client, ref, selector);
    }

    /** Returns what it was deployed from, of this kind. */
    public <S extends StatefulSpec> S spec(Class<S> kind) {
        return spec.filter(kind::isInstance)
                .map(kind::cast)
                .orElseThrow(() -> new IllegalStateException("it is not known what " + ref
                        + " was deployed from: use the handle that deploy(spec) returns"));
    }

    /**
     * Deletes this object, and no other one of its name.
     *
     * @param plural its kind in paths of the core group, such as {@code pods}
     * @throws KubernetesClientException with 409 when another one has its name, with 404 when none has
     */
    public void delete(String plural, HasMetadata one) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(one.getMetadata().getUid())
                .endPreconditions()
                .build();
        client.raw(
                "/api/v1/namespaces/" + one.getMetadata().getNamespace() + "/" + plural + "/"
                        + one.getMetadata().getName(),
                "DELETE",
                options);
    }

    /** Returns the labels of everything that was deployed together with it. */
    public Map<String, String> labels() {
        return Map.of("app.kubernetes.io/managed-by", "statefulkit", "app.kubernetes.io/instance", name());
    }

    public String name() {
        return ref.name();
    }

    public String namespace() {
        return ref.namespace();
    }
}
