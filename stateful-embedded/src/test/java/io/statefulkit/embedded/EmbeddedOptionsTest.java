package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedOptionsTest {

    @Test
    void defaults_are_those_of_a_real_node() {
        assertThat(EmbeddedOptions.defaults().port()).isZero();
        assertThat(EmbeddedOptions.defaults().restartBackOff()).isEqualTo(Duration.ofSeconds(10));
        assertThat(EmbeddedOptions.defaults().maxRestartBackOff()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void values_that_make_no_sense_are_refused_by_name() {
        assertThatThrownBy(() -> EmbeddedOptions.defaults().withPort(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be 0 (a free one) to 65535, but is 70000");
        assertThatThrownBy(() -> EmbeddedOptions.defaults().withRestartBackOff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("restartBackOff");
        assertThatThrownBy(() ->
                        EmbeddedOptions.defaults().withRestartBackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("maxRestartBackOff");
    }

    @Test
    void a_node_has_an_amount_of_each_resource() {
        assertThat(EmbeddedOptions.defaults()
                        .withNodeCapacity(Map.of("cpu", "500m", "memory", "4Gi"))
                        .nodeCapacity())
                .hasSize(2);
        for (String none : List.of("4GiB", "much", "", "-1")) {
            assertThatThrownBy(() -> EmbeddedOptions.defaults().withNodeCapacity(Map.of("memory", none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("nodeCapacity must have amounts such as 2, 500m or 4Gi, but of memory it has " + none);
        }
    }
}
