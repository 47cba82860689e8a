package io.statefulkit.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.deploy.WorkloadRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadStateTest {

    private static final WorkloadRef SET = WorkloadRef.statefulSet("shop", "orders");
    private static final WorkloadRef DEPLOYMENT = WorkloadRef.deployment("shop", "orders");

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("orders-0")
            .endMetadata()
            .withNewSpec()
            .addNewVolume()
            .withName("data")
            .withNewPersistentVolumeClaim("data-orders-0", null)
            .endVolume()
            .endSpec()
            .build();

    @ParameterizedTest
    @CsvSource({
        "StatefulSet, orders, true",
        "StatefulSet, orders-eu, false",
        "Pod, orders-0, true",
        "Pod, orders-12, true",
        "Pod, orders-eu-0, false",
        "PersistentVolumeClaim, data-orders-0, true",
        "PersistentVolumeClaim, data-orders-eu-0, false",
        "PersistentVolumeClaim, data-my-orders-0, false",
        "Job, orders-import-1, true",
        "Job, payments-import-1, false"
    })
    void events_of_a_set_are_about_it_its_pods_and_their_claims(String kind, String name, boolean ours) {
        assertThat(WorkloadState.concerns(about(kind, name), SET, List.of(POD))).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, orders, true",
        "Deployment, orders-eu, false",
        "ReplicaSet, orders-5f7d9, true",
        "ReplicaSet, orders-eu-5f7d9, false",
        "Pod, orders-5f7d9-x2x4x, true",
        "Pod, orders-eu-5f7d9-x2x4x, false",
        "Pod, orders-eu-0, false"
    })
    void events_of_a_deployment_are_about_it_its_replica_sets_and_their_pods(String kind, String name, boolean ours) {
        assertThat(WorkloadState.concerns(about(kind, name), DEPLOYMENT, List.of()))
                .isEqualTo(ours);
    }

    @Test
    void an_event_about_nothing_that_has_a_name_is_about_nobody() {
        assertThat(WorkloadState.concerns(new ObjectReference(), SET, List.of(POD)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"orders-5f7d9, true", "orders-eu-5f7d9, false", "payments-5f7d9, false"})
    void a_pod_belongs_to_the_deployment_of_its_replica_set(String replicaSet, boolean ours) {
        Pod pod = new PodBuilder(POD)
                .editMetadata()
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName(replicaSet)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(WorkloadState.belongs(pod, DEPLOYMENT)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"orders-0, true", "orders-debug, false", "debug, false"})
    void a_pod_that_nobody_owns_belongs_to_the_set_that_would_adopt_it(String name, boolean ours) {
        Pod pod =
                new PodBuilder(POD).editMetadata().withName(name).endMetadata().build();

        assertThat(WorkloadState.belongs(pod, SET)).isEqualTo(ours);
    }

    private static ObjectReference about(String kind, String name) {
        return new ObjectReferenceBuilder().withKind(kind).withName(name).build();
    }
}
