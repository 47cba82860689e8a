package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where pods run that read dumps. */
class BackupMountTest {

    private static final BackupMount MOUNT = new BackupMount("/backup", "dumps");

    /** The labels of the node may have changed since the pod of the workload came there, or the selector of the workload. */
    @Test
    void on_the_node_of_the_pod_whatever_the_workload_wants_from_nodes_by_now() {
        PodSpec reader = reader(pod("first"));

        assertThat(reader.getNodeName()).isEqualTo("first");
        assertThat(reader.getNodeSelector()).isNullOrEmpty();
        assertThat(reader.getAffinity()).isNull();
    }

    @Test
    void where_the_workload_may_run_while_it_is_stopped() {
        PodSpec reader = reader(pod(null));

        assertThat(reader.getNodeName()).isNull();
        assertThat(reader.getNodeSelector()).isEqualTo(Map.of("disk", "fast"));
        assertThat(reader.getAffinity()).isNotNull();
    }

    @Test
    void the_dumps_cannot_be_written_to() {
        PodSpec reader = reader(pod("first"));

        assertThat(reader.getVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.getName()).isEqualTo("dumps"));
        assertThat(reader.getContainers().get(0).getVolumeMounts())
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo("/backup");
                    assertThat(mount.getReadOnly()).isTrue();
                });
    }

    private static PodSpec reader(Pod pod) {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withNodeSelector(Map.of("disk", "fast"))
                .withNewAffinity()
                .withNewNodeAffinity()
                .endNodeAffinity()
                .endAffinity()
                .addNewContainer()
                .withName("main")
                .endContainer();
        return MOUNT.in(spec, pod).build();
    }

    private static Pod pod(@Nullable String node) {
        return new PodBuilder()
                .withNewSpec()
                .withNodeName(node)
                .addNewVolume()
                .withName("dumps")
                .withNewPersistentVolumeClaim("dumps", false)
                .endVolume()
                .endSpec()
                .build();
    }
}
