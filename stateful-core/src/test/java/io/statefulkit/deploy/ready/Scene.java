package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import java.util.List;
import java.util.Optional;

/** Builds what a cluster would show. */
public final class Scene {

    public static final String OLD = "orders-1111";
    public static final String NEW = "orders-2222";

    private Scene() {}

    /** A StatefulSet with three ready pods of the newest revision. */
    public static StatefulSetBuilder set() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("orders")
                .withUid("set-uid")
                .withGeneration(4L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(4L)
                .withReplicas(3)
                .withReadyReplicas(3)
                .withUpdatedReplicas(3)
                .withAvailableReplicas(3)
                .withCurrentRevision(NEW)
                .withUpdateRevision(NEW)
                .endStatus();
    }

    public static PodBuilder pod(int ordinal, String revision) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("orders-" + ordinal)
                .withUid("uid-" + ordinal)
                .addToLabels("controller-revision-hash", revision)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }

    public static List<Pod> pods() {
        return List.of(pod(0, NEW).build(), pod(1, NEW).build(), pod(2, NEW).build());
    }

    public static WorkloadState state(StatefulSet set, List<Pod> pods) {
        return new WorkloadState(Optional.of(Workload.of(set)), pods, List.of());
    }
}
