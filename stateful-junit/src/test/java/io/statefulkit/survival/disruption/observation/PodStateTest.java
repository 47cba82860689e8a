package io.statefulkit.survival.disruption.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class PodStateTest {

    /** As a kubelet does, which sorts statuses by name. */
    @Test
    void a_pod_with_a_sidecar_is_judged_by_its_server() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("orders-0")
                .withUid("u1")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withImage("postgres:17")
                .endContainer()
                .addNewContainer()
                .withName("backup")
                .withImage("postgres:17")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("backup")
                .withContainerID("b1")
                .withImageID("backup-image")
                .withRestartCount(0)
                .endContainerStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withContainerID("p2")
                .withImageID("server-image")
                .withRestartCount(1)
                .endContainerStatus()
                .endStatus()
                .build();

        PodState state = PodState.of(pod, ServerContainer.UNNAMED);

        assertThat(state.containerId()).isEqualTo("p2");
        assertThat(state.restarts()).isEqualTo(1);
        assertThat(state.details().imageId()).isEqualTo("server-image");
    }
}
