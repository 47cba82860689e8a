package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastingWatchTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final ExecutorService restarts = Executors.newSingleThreadExecutor();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicReference<Set<String>> there = new AtomicReference<>(Set.of());
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goOn.countDown();
        restarts.shutdownNow();
        api.close();
    }

    private String create(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return api.create(ResourceCatalog.CONFIG_MAPS, "default", object, WriteOptions.by("test"))
                .path("metadata")
                .path("uid")
                .asText();
    }

    private void hear(WatchEvent event) {
        String name = event.object().path("metadata").path("name").asText();
        heard.add(event.type() + " " + name);
        if (name.equals("slow")) {
            busy.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void one_that_the_history_has_overtaken_begins_again_with_what_is_there() throws Exception {
        String first = create("first");
        try (LastingWatch watch = new LastingWatch(
                        api,
                        ResourceCatalog.CONFIG_MAPS,
                        "metadata.namespace=default",
                        this::hear,
                        there::set,
                        restarts)
                .start()) {
            assertThat(watch).isNotNull();
            create("slow");
            busy.await();
            String missed = create("missed");
            api.compact();
            goOn.countDown();

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(there.get()).contains(first, missed));
            create("later");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(heard).contains("ADDED later"));
        }
        assertThat(heard).filteredOn("ADDED missed"::equals).hasSize(1);
    }
}
