package io.statefulkit.handle.place;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.Waiting;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.WorkloadWatch;
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

    public String name() {
        return ref.name();
    }

    public String namespace() {
        return ref.namespace();
    }
}
