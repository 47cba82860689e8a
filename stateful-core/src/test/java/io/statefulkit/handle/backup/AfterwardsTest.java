package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Scene;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a server that has died in the middle of an operation is waited for with. */
class AfterwardsTest {

    private static final WorkloadState READY = Scene.state(Scene.set().build(), Scene.pods());

    @Test
    void a_server_that_does_not_answer_yet_is_tried_again() {
        assertThat(attempt(new ExecException(new ExecResult(List.of("psql"), 2, "", "no server"))))
                .isInstanceOfSatisfying(
                        Outcome.Missing.class,
                        missing -> assertThat(missing.missing())
                                .contains("the server does not answer")
                                .contains("no server"));
    }

    /** The API server says so before it has seen that the pod is not ready any more. */
    @Test
    void a_container_that_has_just_ended_is_tried_again() {
        assertThat(attempt(new KubernetesClientException("container not found (\"postgres\")", 500, null)))
                .isInstanceOfSatisfying(
                        Outcome.Missing.class,
                        missing -> assertThat(missing.missing())
                                .contains("the server cannot be reached: container not found"));
    }

    @Test
    void what_is_not_permitted_is_not_tried_again() {
        KubernetesClientException forbidden = new KubernetesClientException("pods/exec is forbidden", 403, null);

        assertThatThrownBy(() -> attempt(forbidden)).isSameAs(forbidden);
    }

    @Test
    void nothing_is_tried_while_the_server_is_not_ready() {
        WorkloadState starting = Scene.state(Scene.set().build(), List.of());
        Supplier<String> step = () -> {
            throw new IllegalStateException("must not be tried");
        };

        assertThat(Afterwards.attempt(starting, step)).isInstanceOf(Outcome.Missing.class);
        assertThat(Afterwards.attempt(READY, () -> "done")).isEqualTo(new Outcome.Reached<>("done"));
    }

    private static Outcome<String> attempt(RuntimeException failure) {
        return Afterwards.attempt(READY, () -> {
            throw failure;
        });
    }
}
