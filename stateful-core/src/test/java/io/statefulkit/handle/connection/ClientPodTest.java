package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a pod beside a workload has of its pods. */
class ClientPodTest {

    private static final PodSpec WORKLOAD = new PodSpecBuilder()
            .withServiceAccountName("databases")
            .withImagePullSecrets(new LocalObjectReference("registry"))
            .withNodeSelector(Map.of("disk", "fast"))
            .withTolerations(new Toleration("NoSchedule", "databases", "Exists", null, null))
            .withPriorityClassName("important")
            .withNewAffinity()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .addNewNodeSelectorTerm()
            .addNewMatchExpression()
            .withKey("zone")
            .withOperator("In")
            .withValues("a")
            .endMatchExpression()
            .endNodeSelectorTerm()
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endNodeAffinity()
            .withNewPodAntiAffinity()
            .endPodAntiAffinity()
            .endAffinity()
            .addNewContainer()
            .withName("backup")
            .withImage("other")
            .endContainer()
            .addNewContainer()
            .withName("postgres")
            .withImage("postgres:15-bookworm")
            .endContainer()
            .build();

    @Test
    void it_may_run_where_the_pods_of_the_workload_may_and_with_their_rights() {
        PodSpec client = client(WORKLOAD);

        assertThat(client.getServiceAccountName()).isEqualTo("databases");
        assertThat(client.getAutomountServiceAccountToken()).isFalse();
        assertThat(client.getImagePullSecrets()).isEqualTo(WORKLOAD.getImagePullSecrets());
        assertThat(client.getNodeSelector()).isEqualTo(Map.of("disk", "fast"));
        assertThat(client.getTolerations()).isEqualTo(WORKLOAD.getTolerations());
        assertThat(client.getPriorityClassName()).isEqualTo("important");
        assertThat(client.getAffinity().getNodeAffinity())
                .isEqualTo(WORKLOAD.getAffinity().getNodeAffinity());
        assertThat(client.getAffinity().getPodAntiAffinity())
                .as("what keeps the servers apart does not concern it")
                .isNull();
        assertThat(client.getContainers())
                .singleElement()
                .satisfies(main -> assertThat(main.getImage()).isEqualTo("postgres:15-bookworm"));
    }

    @Test
    void it_asks_for_little_and_may_use_what_the_server_may() {
        ResourceRequirements little = resources(new ResourceRequirementsBuilder()
                .withRequests(amounts("cpu", "2", "memory", "8Gi"))
                .withLimits(amounts("memory", "8Gi"))
                .build());

        assertThat(little.getRequests()).isEqualTo(amounts("cpu", "50m", "memory", "128Mi"));
        assertThat(little.getLimits()).isEqualTo(amounts("memory", "8Gi"));
    }

    @Test
    void it_never_asks_for_more_than_the_server() {
        ResourceRequirements little = resources(new ResourceRequirementsBuilder()
                .withRequests(amounts("cpu", "10m", "memory", "64Mi"))
                .withLimits(amounts("cpu", "20m", "memory", "64Mi"))
                .build());

        assertThat(little.getRequests()).isEqualTo(amounts("cpu", "10m", "memory", "64Mi"));
    }

    @Test
    void what_only_has_a_limit_is_not_requested_in_full_and_devices_are_left_to_the_server() {
        ResourceRequirements little = resources(new ResourceRequirementsBuilder()
                .withLimits(Map.of(
                        "memory", Quantity.parse("4Gi"),
                        "example.com/gpu", Quantity.parse("1")))
                .build());

        assertThat(little.getRequests()).isEqualTo(Map.of("memory", Quantity.parse("128Mi")));
        assertThat(little.getLimits()).isEqualTo(Map.of("memory", Quantity.parse("4Gi")));
    }

    /** A limit that nobody asks for would end it when it needs the room, as where a dump is restored to prove it. */
    @Test
    void it_says_what_it_uses_of_a_disk_only_where_it_must() {
        ResourceRequirements server = new ResourceRequirementsBuilder()
                .withRequests(amounts("cpu", "2", "ephemeral-storage", "1Gi"))
                .withLimits(amounts("memory", "8Gi", "ephemeral-storage", "2Gi"))
                .build();

        assertThat(resources(server).getLimits()).isEqualTo(amounts("memory", "8Gi"));
        PodSpec workload = workload(server);
        ResourceRequirements said = Objects.requireNonNull(new ClientPod(workload, "postgres")
                .withDisk(client(workload))
                .getContainers()
                .get(0)
                .getResources());
        assertThat(said.getRequests()).isEqualTo(amounts("cpu", "50m", "memory", "128Mi", "ephemeral-storage", "1Gi"));
        assertThat(said.getLimits()).isEqualTo(amounts("memory", "8Gi", "ephemeral-storage", "2Gi"));
        assertThat(new ClientPod(WORKLOAD, "postgres")
                        .withDisk(client(WORKLOAD))
                        .getContainers())
                .hasSize(1);
    }

    private static ResourceRequirements resources(ResourceRequirements ofServer) {
        return Objects.requireNonNull(
                client(workload(ofServer)).getContainers().get(0).getResources());
    }

    private static PodSpec workload(ResourceRequirements ofServer) {
        return new PodSpecBuilder(WORKLOAD)
                .editLastContainer()
                .withResources(ofServer)
                .endContainer()
                .build();
    }

    private static Map<String, Quantity> amounts(String... pairs) {
        Map<String, Quantity> amounts = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            amounts.put(pairs[at], Quantity.parse(pairs[at + 1]));
        }
        return amounts;
    }

    private static PodSpec client(PodSpec workload) {
        return new ClientPod(workload, "postgres").running("main", List.of("psql"), List.of(), Duration.ofMinutes(5));
    }
}
