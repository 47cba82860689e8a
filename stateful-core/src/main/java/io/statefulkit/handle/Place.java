package io.statefulkit.handle;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.Waiting;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.WorkloadWatch;
import java.util.Map;

/**
 * Where a workload is and how to reach it.
 *
 * @param client the client, which stays open
 * @param ref the workload
 * @param selector the labels of its pods
 * @param waiting how to wait for it
 */
public record Place(KubernetesClient client, WorkloadRef ref, Map<String, String> selector, Waiting waiting) {

    /** Copies the labels. */
    public Place {
        selector = Map.copyOf(selector);
    }

    WorkloadWatch watch() {
        return WorkloadWatch.open(client, ref, selector);
    }

    String name() {
        return ref.name();
    }

    String namespace() {
        return ref.namespace();
    }
}
