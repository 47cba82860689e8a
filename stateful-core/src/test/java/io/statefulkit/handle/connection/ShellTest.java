package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ShellTest {

    private static final Pod PENDING =
            new PodBuilder().withNewMetadata().withName("db-0").endMetadata().build();

    @Test
    void a_pod_that_has_not_started_has_no_address() {
        Pod started = new PodBuilder(PENDING)
                .withNewStatus()
                .withPodIP("10.0.0.7")
                .endStatus()
                .build();

        assertThat(Shell.address(started)).isEqualTo("10.0.0.7");
        assertThatThrownBy(() -> Shell.address(PENDING))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("expected an address of pod db-0, but it has not started yet: wait with awaitReady()");
    }
}
