package io.statefulkit.embedded.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void the_first_restart_is_immediate_and_then_the_waits_double_up_to_the_longest() {
        RestartBackoff backoff = RestartBackoff.fresh(Duration.ofSeconds(10), Duration.ofMinutes(5));
        List<String> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(Times.text(Duration.between(NOW, backoff.restartAt(NOW, NOW))));
            backoff = backoff.afterEnd(NOW, NOW);
        }

        assertThat(waits).containsExactly("0s", "10s", "20s", "40s", "1m20s", "2m40s", "5m0s", "5m0s");
    }

    @Test
    void a_container_that_ran_long_starts_over() {
        RestartBackoff backoff =
                new RestartBackoff(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5));
        Instant end = NOW.plus(Duration.ofMinutes(11));

        assertThat(backoff.restartAt(NOW, end)).isEqualTo(end);
        assertThat(backoff.afterEnd(NOW, end).next()).isEqualTo(Duration.ofSeconds(10));
    }
}
