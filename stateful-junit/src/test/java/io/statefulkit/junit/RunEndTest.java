package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.testing.FakeCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunEndTest {

    @Test
    void a_namespace_that_does_not_go_is_explained_and_keeps_nobody_for_ever() {
        FakeCluster cluster = new FakeCluster();
        cluster.createNamespace("stuck", Map.of());
        RunEnd end = new RunEnd(Duration.ofMillis(200));
        end.awaits(cluster, "stuck");

        end.close();

        assertThat(end.stuck(cluster, Set.of("stuck")))
                .isEqualTo("namespace stuck is still there after 0 s: Pod/held waits for the finalizers"
                        + " [example.com/hold]");
    }

    @Test
    void what_keeps_a_namespace_and_cannot_be_told_fails_no_run() {
        FakeCluster cluster = new FakeCluster().refusingToExplain("configmaps is forbidden");
        cluster.createNamespace("stuck", Map.of());
        RunEnd end = new RunEnd(Duration.ofMillis(200));
        end.awaits(cluster, "stuck");

        end.close();

        assertThat(end.stuck(cluster, Set.of("stuck")))
                .isEqualTo("namespace stuck is still there after 0 s: what keeps it cannot be told, since configmaps is"
                        + " forbidden");
    }
}
