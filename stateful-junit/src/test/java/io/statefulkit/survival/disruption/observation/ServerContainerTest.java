package io.statefulkit.survival.disruption.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.testing.ApiStub;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerContainerTest {

    private static Pod pod(Map<String, String> annotations, String... containers) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName("orders-0")
                .withUid("u1")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .endSpec();
        for (String container : containers) {
            pod.editSpec()
                    .addToContainers(new ContainerBuilder()
                            .withName(container)
                            .withImage(container + ":1")
                            .build())
                    .endSpec();
        }
        return pod.build();
    }

    private static String found(Optional<String> name, Pod pod) {
        return new ServerContainer(name).in(pod).getName();
    }

    @Test
    void a_container_that_is_named_is_the_server_wherever_it_stands() {
        Map<String, String> told = Map.of("kubectl.kubernetes.io/default-container", "app");

        assertThat(found(Optional.of("postgres"), pod(told, "mesh", "app", "postgres")))
                .isEqualTo("postgres");
        assertThat(found(Optional.of("gone"), pod(told, "mesh", "app"))).isEqualTo("app");
    }

    @Test
    void a_mesh_says_in_an_annotation_which_container_is_not_its_own() {
        Map<String, String> told = Map.of("kubectl.kubernetes.io/default-container", "app");

        assertThat(found(Optional.empty(), pod(told, "mesh", "app"))).isEqualTo("app");
        assertThat(found(Optional.empty(), pod(Map.of(), "istio-proxy", "app"))).isEqualTo("app");
        assertThat(found(Optional.empty(), pod(Map.of(), "istio-proxy"))).isEqualTo("istio-proxy");
    }

    @Test
    void what_has_a_claim_keeps_the_data() {
        Pod pod = new PodBuilder(pod(Map.of(), "mesh", "db", "backup"))
                .editSpec()
                .addNewVolume()
                .withName("files")
                .withNewPersistentVolumeClaim("data-orders-0", false)
                .endVolume()
                .editMatchingContainer(container -> !"mesh".equals(container.getName()))
                .addNewVolumeMount()
                .withName("files")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();

        assertThat(found(Optional.empty(), pod)).isEqualTo("db");
    }

    /** What happened to the proxy is nothing that happened to the data. */
    @Test
    void a_pod_is_judged_by_its_server_although_a_proxy_comes_first() {
        Pod pod = new PodBuilder(pod(Map.of(), "mesh", "postgres"))
                .withNewStatus()
                .addNewContainerStatus()
                .withName("mesh")
                .withContainerID("m1")
                .withRestartCount(3)
                .endContainerStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withContainerID("p1")
                .withRestartCount(1)
                .endContainerStatus()
                .endStatus()
                .build();

        PodState state = PodState.of(pod, new ServerContainer(Optional.of("postgres")));

        assertThat(state.containerId()).isEqualTo("p1");
        assertThat(state.restarts()).isEqualTo(1);
        assertThat(state.details().image()).isEqualTo("postgres:1");
    }

    @Test
    void pods_to_come_have_their_server_where_the_template_claims_a_volume() {
        StatefulSet set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName("orders")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("mesh")
                .endContainer()
                .addNewContainer()
                .withName("db")
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/data")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .endTemplate()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
        try (KubernetesClient unused = ApiStub.client(1)) {
            PodOwner owner =
                    new PodOwner(unused, new WorkloadRef(WorkloadRef.Kind.STATEFUL_SET, "default", "orders"), set);

            assertThat(owner.container(ServerContainer.UNNAMED)).isEqualTo("db");
            assertThat(owner.container(new ServerContainer(Optional.of("mesh"))))
                    .isEqualTo("mesh");
        }
    }
}
