package io.statefulkit.embedded.api.event;

import static io.statefulkit.embedded.api.ApiTests.json;
import static io.statefulkit.embedded.api.ResourceCatalog.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Clock time = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StoreApi api = new StoreApi(time);
    private final EventRecorder kubelet = new EventRecorder(api, time, "kubelet", "n1");

    @AfterEach
    void close() {
        api.close();
    }

    private void unhealthy(String field, String message) {
        ObjectNode pod = json("{'kind':'Pod','namespace':'default','name':'p','uid':'u','apiVersion':'v1'}");
        kubelet.record(pod.put("fieldPath", field), "Warning", "Unhealthy", message);
    }

    private List<String> told() {
        return api.list(EVENTS, "default", ListOptions.ALL).items().stream()
                .map(event -> event.path("count").asText() + " "
                        + event.path("message").asText())
                .toList();
    }

    @Test
    void probes_that_fail_with_ever_other_words_become_one_combined_event() {
        for (int i = 1; i <= 15; i++) {
            unhealthy("spec.containers{c}", "took " + i + " ms");
        }

        assertThat(told())
                .hasSize(10)
                .contains("1 took 1 ms", "1 took 9 ms", "6 (combined from similar events): took 15 ms");
    }

    @Test
    void the_same_words_about_another_container_are_another_event_of_the_same_kind() {
        unhealthy("spec.containers{a}", "failed");
        unhealthy("spec.containers{b}", "failed");
        unhealthy("spec.containers{a}", "failed");

        assertThat(told()).containsExactly("2 failed", "1 failed");
    }

    @Test
    void what_is_told_too_often_is_counted_and_written_when_there_is_room_again() {
        for (int i = 1; i <= 30; i++) {
            unhealthy("spec.containers{c}", "failed");
        }
        assertThat(told()).containsExactly("25 failed");

        now = now.plus(Duration.ofMinutes(5));
        unhealthy("spec.containers{c}", "failed");

        assertThat(told()).containsExactly("31 failed");
    }

    @Test
    void an_event_says_who_tells_it() {
        unhealthy("spec.containers{c}", "failed");

        ObjectNode event = api.list(EVENTS, "default", ListOptions.ALL).items().get(0);
        assertThat(event.path("source")).isEqualTo(json("{'component':'kubelet','host':'n1'}"));
        assertThat(event.path("reportingComponent").asText()).isEqualTo("kubelet");
        assertThat(event.path("reportingInstance").asText()).isEqualTo("n1");
        assertThat(event.path("involvedObject").path("fieldPath").asText()).isEqualTo("spec.containers{c}");
    }
}
