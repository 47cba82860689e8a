package io.statefulkit.embedded.control.loop;

import static io.statefulkit.embedded.api.ResourceCatalog.CONFIG_MAPS;
import static io.statefulkit.embedded.api.ResourceCatalog.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Clock time = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StoreApi api = new StoreApi(time);
    private final Cluster cluster = new Cluster(api, time, "test");
    private final Resource about = settings();

    @AfterEach
    void close() {
        api.close();
    }

    private Resource settings() {
        ObjectNode body = Json.object();
        body.putObject("metadata").put("name", "settings");
        return cluster.create(CONFIG_MAPS, "default", body);
    }

    private List<ObjectNode> events() {
        return api.list(EVENTS, "default", ListOptions.ALL).items();
    }

    @Test
    void what_repeats_is_counted_however_long_it_goes_on() {
        for (int i = 0; i < 3; i++) {
            cluster.events().warning(about, "Failed", "again");
            now = now.plus(Duration.ofMinutes(11));
        }

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.path("count").asInt()).isEqualTo(3);
            assertThat(event.path("firstTimestamp").asText()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(event.path("lastTimestamp").asText()).isEqualTo("2026-01-02T03:26:05Z");
        });
    }

    @Test
    void what_repeats_is_counted_on_when_its_event_is_gone() {
        cluster.events().warning(about, "Failed", "again");
        String first = events().get(0).path("metadata").path("name").asText();
        api.delete(EVENTS, "default", first, DeleteOptions.DEFAULT);

        cluster.events().warning(about, "Failed", "again");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.path("metadata").path("name").asText()).isEqualTo(first);
            assertThat(event.path("count").asInt()).isEqualTo(2);
        });
    }
}
