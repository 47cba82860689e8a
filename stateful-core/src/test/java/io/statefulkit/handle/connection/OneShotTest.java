package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told about a pod that runs one command, and the labels that it gets. */
class OneShotTest {

    private static final List<String> COMMAND = List.of("psql", "-c", "select 1");

    @Test
    void the_exit_code_is_that_of_the_container() {
        PodStatus failed = new PodStatusBuilder(ended(3)).withPhase("Failed").build();

        assertThat(OneShot.result(COMMAND, "db-client-1", pod(failed), () -> "no luck"))
                .isEqualTo(new ExecResult(COMMAND, 3, "no luck", ""));
    }

    @Test
    void a_pod_that_somebody_has_deleted_leaves_the_exit_code_unknown() {
        assertThatThrownBy(() -> OneShot.result(COMMAND, "db-client-1", null, () -> ""))
                .isInstanceOf(ExecException.class)
                .hasMessage("expected an exit code of psql in pod db-client-1, but somebody has deleted the pod");
    }

    @Test
    void a_command_that_the_cluster_has_ended_has_no_exit_code_of_its_own() {
        PodStatus late = new PodStatusBuilder(ended(137))
                .withPhase("Failed")
                .withReason("DeadlineExceeded")
                .withMessage("Pod was active on the node longer than the specified deadline")
                .build();

        assertThatThrownBy(() -> OneShot.result(COMMAND, "db-client-1", pod(late), () -> ""))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("the cluster has ended it: DeadlineExceeded: Pod was active on the node longer");
    }

    @Test
    void a_node_without_room_for_it_is_named_with_what_to_do() {
        PodStatus refused = new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("OutOfcpu")
                .withMessage("Node didn't have enough resource: cpu, requested: 50, used: 1990, capacity: 2000")
                .build();
        Pod pod = new PodBuilder(pod(refused))
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .build();

        assertThatThrownBy(() -> OneShot.result(COMMAND, "db-verify-1", pod, () -> ""))
                .isInstanceOf(ExecException.class)
                .hasMessage("""
                    expected an exit code of psql in pod db-verify-1, but the cluster has ended it: OutOfcpu: Node didn't have enough \
                    resource: cpu, requested: 50, used: 1990, capacity: 2000
                      do: make room on node n1, where the volume is that it needs: move other pods away, or let them request less, and \
                    try again""");
    }

    @Test
    void a_pod_that_ended_before_its_container_began_says_so() {
        PodStatus gone = new PodStatusBuilder()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withName("main")
                .endContainerStatus()
                .build();

        assertThatThrownBy(() -> OneShot.result(COMMAND, "db-client-1", pod(gone), () -> ""))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("its pod ended before its container began");
    }

    @Test
    void its_labels_are_selected_by_policies_but_by_no_service() {
        assertThat(OneShot.labels(Map.of(
                        "app.kubernetes.io/name", "postgres",
                        "app.kubernetes.io/instance", "orders",
                        "app.kubernetes.io/component", "database")))
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name", "postgres-job",
                        "app.kubernetes.io/instance", "orders",
                        "app.kubernetes.io/component", "database"));
    }

    @Test
    void labels_of_workloads_of_others_stay_valid_and_select_nothing_of_theirs() {
        assertThat(OneShot.labels(Map.of("app", "x".repeat(63), "primary", "")))
                .isEqualTo(Map.of("app", "x".repeat(59) + "-job", "primary", "job"));
        assertThat(OneShot.labels(Map.of("app.kubernetes.io/instance", "orders")))
                .isEqualTo(Map.of("app.kubernetes.io/instance", "orders-job"));
    }

    private static PodStatus ended(int code) {
        return new PodStatusBuilder()
                .addNewContainerStatus()
                .withName("main")
                .withState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .endTerminated()
                        .build())
                .endContainerStatus()
                .build();
    }

    private static Pod pod(PodStatus status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("db-client-1")
                .endMetadata()
                .withStatus(status)
                .build();
    }
}
