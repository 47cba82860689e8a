package io.statefulkit.deploy.apply;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.internal.NotApi;
import java.util.Map;

/**
 * A workload that was deployed and is ready.
 *
 * @param ref which workload
 * @param selector the labels of its pods
 * @param state what was seen when it was ready
 */
@NotApi
public record Deployed(WorkloadRef ref, Map<String, String> selector, WorkloadState state) {

    /** Copies the labels. */
    public Deployed {
        selector = Map.copyOf(selector);
    }
}
