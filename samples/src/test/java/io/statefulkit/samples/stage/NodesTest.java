package io.statefulkit.samples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesTest {

    private static final Node CLOSED = new NodeBuilder(node("a-closed"))
            .editSpec()
            .withUnschedulable(true)
            .endSpec()
            .build();
    private static final Node CONTROL_PLANE = new NodeBuilder(node("b-control-plane"))
            .editSpec()
            .addNewTaint("NoSchedule", "node-role.kubernetes.io/control-plane", null, null)
            .endSpec()
            .build();
    private static final Node WINDOWS = new NodeBuilder(node("c-windows"))
            .editMetadata()
            .addToLabels("kubernetes.io/os", "windows")
            .endMetadata()
            .build();
    private static final Node SLOW = new NodeBuilder(node("e-slow"))
            .editSpec()
            .addNewTaint("PreferNoSchedule", "slow", null, null)
            .endSpec()
            .build();

    @Test
    void a_volume_is_made_on_one_that_takes_pods() {
        assertThat(new Nodes(List.of()).host()).isEmpty();
        assertThat(new Nodes(List.of(CLOSED, CONTROL_PLANE, WINDOWS)).host()).isEmpty();
        assertThat(new Nodes(List.of(CLOSED, SLOW, node("d-worker"))).host()).contains("d-worker.example");
        assertThat(new Nodes(List.of(CLOSED, SLOW)).host()).contains("e-slow.example");
    }

    @Test
    void an_image_is_there_when_one_says_so() {
        Nodes nodes = new Nodes(List.of(
                SLOW,
                new NodeBuilder(node("worker"))
                        .editStatus()
                        .addNewImage()
                        .withNames("docker.io/acme/app@sha256:12", "docker.io/acme/app:1.0")
                        .endImage()
                        .endStatus()
                        .build()));

        assertThat(nodes.have("acme/app:1.0")).isTrue();
        assertThat(nodes.have("acme/app:1.1")).isFalse();
        assertThat(nodes.have("me/app:1.0")).isFalse();
    }

    @Test
    void those_of_an_embedded_cluster_say_so() {
        Node local = new NodeBuilder(node("local"))
                .editMetadata()
                .addToLabels("statefulkit.io/isolation", "none")
                .endMetadata()
                .build();

        assertThat(new Nodes(List.of(SLOW)).embedded()).isFalse();
        assertThat(new Nodes(List.of(SLOW, local)).embedded()).isTrue();
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name + ".example")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .endStatus()
                .build();
    }
}
