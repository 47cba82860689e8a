package io.statefulkit.handle.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods of a Deployment that have ended, as those that a node has evicted: they stay, and others take their place. */
class PodOperationsTest {

    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(Config.empty()).build();
    private final PodOperations operations = new PodOperations(new Place(
            client,
            WorkloadRef.deployment("shop", "web"),
            Map.of("app", "web"),
            new Waiting(client, Patience.defaults(), ProgressListener.none()),
            Optional.empty()));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void the_pod_that_is_meant_is_one_that_has_not_ended() {
        WorkloadState state = state(pod("web-a", "Failed", false), pod("web-b", "Running", true));

        assertThat(operations.pod(state, 0).getMetadata().getName()).isEqualTo("web-b");
        assertThatThrownBy(() -> operations.pod(state, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a pod 1 of Deployment shop/web, but there is only web-b");
    }

    @Test
    void a_successor_that_ended_before_it_was_ready_does_not_hide_the_one_that_came_after_it() {
        Pod old = pod("web-z", "Running", true);
        Map<String, String> before = Map.of("web-z", "uid-web-z");

        assertThat(operations.replaced(
                        state(pod("web-a", "Failed", false), pod("web-b", "Pending", false)),
                        old,
                        before,
                        0,
                        new AtomicLong()))
                .isInstanceOf(Outcome.Missing.class);
        assertThat(operations.replaced(
                        state(pod("web-a", "Failed", false), pod("web-b", "Running", true)),
                        old,
                        before,
                        0,
                        new AtomicLong()))
                .isInstanceOfSatisfying(
                        Outcome.Reached.class,
                        reached -> assertThat(reached.value()).asString().contains("newPod=web-b"));
    }

    private static WorkloadState state(Pod... pods) {
        return new WorkloadState(Optional.empty(), List.of(pods), List.of());
    }

    private static Pod pod(String name, String phase, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
