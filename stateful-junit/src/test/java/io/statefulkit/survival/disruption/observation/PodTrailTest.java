package io.statefulkit.survival.disruption.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PodTrailTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Pod pod(String name, String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(uid)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .endContainer()
                .endSpec()
                .build();
    }

    private static List<String> seen(PodTrail trail) {
        return trail.sightings().stream()
                .map(sighting ->
                        (sighting.isDeleted() ? "-" : "+") + sighting.pod().uid())
                .toList();
    }

    /** A server with pods, to which a test holds the watches. */
    private static final class Server implements PodTrail.Source {

        private final AtomicReference<List<Pod>> pods = new AtomicReference<>(List.of());
        private final AtomicBoolean away = new AtomicBoolean();
        private final AtomicInteger refused = new AtomicInteger();
        private final List<String> begun = new CopyOnWriteArrayList<>();
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicReference<@Nullable Watcher<Pod>> watcher = new AtomicReference<>();

        Server with(Pod... all) {
            pods.set(List.of(all));
            return this;
        }

        @Override
        public PodList list() {
            if (away.get()) {
                refused.incrementAndGet();
                throw new KubernetesClientException("planted");
            }
            return new PodListBuilder()
                    .withNewMetadata()
                    .withResourceVersion("" + (7 + begun.size()))
                    .endMetadata()
                    .withItems(pods.get())
                    .build();
        }

        @Override
        public Watch watch(String revision, Watcher<Pod> wanted) {
            watcher.set(wanted);
            begun.add(revision);
            return closed::incrementAndGet;
        }

        Watcher<Pod> watcher() {
            return Objects.requireNonNull(watcher.get());
        }

        void awaitWatches(int n) {
            await().atMost(LIMIT).until(() -> begun.size() == n);
        }
    }

    @Test
    void each_change_is_seen_once() {
        Server server = new Server().with(pod("orders-0", "a"));
        try (PodTrail trail = new PodTrail(server, ServerContainer.UNNAMED)) {
            server.watcher().eventReceived(Action.BOOKMARK, pod("orders-0", "a"));
            server.watcher().eventReceived(Action.DELETED, pod("orders-0", "a"));
            server.watcher().eventReceived(Action.ADDED, pod("orders-0", "b"));

            assertThat(seen(trail)).containsExactly("+a", "-a", "+b");
            assertThat(trail.gap()).isEmpty();
            assertThat(server.begun).as("from the revision of the list").containsExactly("7");
        }
        assertThat(server.closed).hasValue(1);
    }

    /** A server that remembers too little says 410. Without a new watch, nothing that comes later would be seen. */
    @Test
    void a_watch_that_broke_is_begun_anew_with_what_is_there_and_leaves_a_gap() {
        Server server = new Server().with(pod("orders-0", "a"), pod("orders-1", "b"));
        try (PodTrail trail = new PodTrail(server, ServerContainer.UNNAMED)) {
            server.with(pod("orders-0", "c"), pod("orders-1", "b"));
            server.watcher().onClose(new WatcherException("too old resource version: 7 (9)"));
            server.awaitWatches(2);
            server.watcher().eventReceived(Action.DELETED, pod("orders-1", "b"));

            assertThat(seen(trail)).containsExactly("+a", "+b", "+c", "-a", "-b");
            assertThat(trail.gap()).contains("too old resource version: 7 (9)");
            assertThat(server.begun).containsExactly("7", "8");
        }
    }

    @Test
    void a_server_that_is_away_is_asked_until_it_is_back() {
        Server server = new Server().with(pod("orders-0", "a"));
        try (PodTrail trail = new PodTrail(server, ServerContainer.UNNAMED)) {
            server.away.set(true);
            server.watcher().onClose();
            await().atMost(LIMIT).until(() -> server.refused.get() >= 2);
            server.with(pod("orders-0", "b")).away.set(false);
            server.awaitWatches(2);

            await().atMost(LIMIT).until(() -> seen(trail).equals(List.of("+a", "+b", "-a")));
            assertThat(trail.gap()).contains("it was closed");
        }
    }

    /** Each new watch takes a list: a server in trouble, or a proxy that knows no watches, would get one after another. */
    @Test
    void a_server_that_ends_each_watch_at_once_is_not_asked_without_a_pause() {
        Server server = new Server().with(pod("orders-0", "a"));
        List<Integer> pauses = new ArrayList<>();
        try (PodTrail trail = new PodTrail(server, ServerContainer.UNNAMED, (millis, task) -> {
            pauses.add(millis);
            task.run();
        })) {
            server.watcher().eventReceived(Action.MODIFIED, pod("orders-0", "a"));
            server.watcher().onClose();
            server.watcher().onClose();
            server.watcher().onClose(new WatcherException("planted"));

            assertThat(pauses).as("milliseconds").containsExactly(0, 250, 250);
            assertThat(server.begun).hasSize(4);
            assertThat(trail.gap()).contains("it was closed, and planted");
        }
    }

    @Test
    void what_is_closed_by_its_user_has_no_gap() {
        Server server = new Server();
        PodTrail trail = new PodTrail(server, ServerContainer.UNNAMED);
        trail.close();
        server.watcher().onClose();

        assertThat(trail.gap()).isEmpty();
        assertThat(server.begun).hasSize(1);
    }
}
