package io.statefulkit.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.statefulkit.deploy.ready.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedTest {

    private final FakeSource source = new FakeSource();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();
    private final Feed<Pod> feed = new Feed<>(source, changes::incrementAndGet, Duration.ofSeconds(45), clock::get);

    @Test
    void shows_what_was_listed_and_then_what_the_watch_says() {
        source.objects = List.of(pod(0));
        feed.open();

        source.watcher().eventReceived(Watcher.Action.ADDED, pod(1));
        source.watcher().eventReceived(Watcher.Action.DELETED, pod(0));

        assertThat(names()).containsExactly("orders-1");
        assertThat(changes).hasValue(3);
    }

    @Test
    void lists_once_and_no_more_while_the_watch_speaks() {
        feed.open();
        for (int i = 0; i < 100; i++) {
            clock.addAndGet(Duration.ofSeconds(10).toNanos());
            source.watcher().eventReceived(Watcher.Action.BOOKMARK, pod(9));
            feed.mend();
        }

        assertThat(source.lists).isEqualTo(1);
        assertThat(names()).isEmpty();
    }

    @Test
    void lists_again_at_once_when_the_watch_has_ended() {
        feed.open();
        source.objects = List.of(pod(0));

        source.watcher().onClose(new WatcherException("too old resource version"));
        feed.mend();

        assertThat(names()).containsExactly("orders-0");
        assertThat(source.lists).isEqualTo(2);
    }

    @Test
    void lists_again_when_the_watch_is_silent_for_too_long() {
        feed.open();
        source.objects = List.of(pod(0));

        clock.addAndGet(Duration.ofSeconds(44).toNanos());
        feed.mend();
        assertThat(names()).isEmpty();

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        feed.mend();
        assertThat(names()).containsExactly("orders-0");
        assertThat(source.closed).isEqualTo(1);
    }

    @Test
    void does_not_listen_to_a_watch_that_was_replaced() {
        feed.open();
        Watcher<Pod> stale = source.watcher();
        stale.onClose();
        feed.mend();

        stale.eventReceived(Watcher.Action.ADDED, pod(7));

        assertThat(names()).isEmpty();
    }

    @Test
    void tries_again_a_second_later_when_the_server_cannot_be_reached() {
        feed.open();
        source.down = true;
        source.watcher().onClose();
        feed.mend();
        feed.mend();
        assertThat(source.lists).as("the second call comes too early").isEqualTo(2);

        source.down = false;
        source.objects = List.of(pod(0));
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        feed.mend();

        assertThat(names()).containsExactly("orders-0");
    }

    @Test
    void a_watch_that_ends_before_it_has_begun_is_noticed() {
        source.endAtOnce = true;
        feed.open();
        source.endAtOnce = false;
        source.objects = List.of(pod(0));

        feed.mend();

        assertThat(names()).containsExactly("orders-0");
    }

    @Test
    void throws_a_refusal_of_the_first_list() {
        source.down = true;

        assertThatThrownBy(feed::open).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void closes_its_watch_and_stays_quiet_afterwards() {
        feed.open();
        feed.close();
        source.watcher().eventReceived(Watcher.Action.ADDED, pod(0));
        clock.addAndGet(Duration.ofHours(1).toNanos());
        feed.mend();

        assertThat(source.closed).isEqualTo(1);
        assertThat(source.lists).isEqualTo(1);
        assertThat(names()).isEmpty();
    }

    private List<String> names() {
        return feed.items().stream().map(Pods::name).toList();
    }

    private static Pod pod(int ordinal) {
        return Scene.pod(ordinal, Scene.NEW).build();
    }

    private static final class FakeSource implements Source<Pod> {
        private List<Pod> objects = new ArrayList<>();
        private @Nullable Watcher<Pod> watcher;
        private boolean down;
        private boolean endAtOnce;
        private int lists;
        private int closed;

        @Override
        public Page<Pod> list() {
            lists++;
            if (down) {
                throw new KubernetesClientException("connection refused");
            }
            return new Page<>(objects, "1");
        }

        @Override
        public AutoCloseable watch(String resourceVersion, Watcher<Pod> next) {
            watcher = next;
            if (endAtOnce) {
                next.onClose();
            }
            return () -> closed++;
        }

        private Watcher<Pod> watcher() {
            return Objects.requireNonNull(watcher);
        }
    }
}
