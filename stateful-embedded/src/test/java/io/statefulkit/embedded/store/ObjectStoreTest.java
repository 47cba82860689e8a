package io.statefulkit.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService dispatcher = Executors.newFixedThreadPool(2);
    private final ObjectStore store = new ObjectStore(dispatcher, 64);

    @AfterEach
    void close() {
        dispatcher.shutdownNow();
    }

    @Test
    void every_write_gets_the_next_revision() {
        ObjectNode first = create("a");
        ObjectNode second = create("b");

        assertThat(Json.text(first, "metadata", "resourceVersion")).isEqualTo("1001");
        assertThat(Json.text(second, "metadata", "resourceVersion")).isEqualTo("1002");
        assertThat(store.revision()).isEqualTo(1002);
    }

    @Test
    void a_key_is_taken_once() {
        create("a");

        assertThat(store.create(key("a"), object("a"))).isEmpty();
    }

    @Test
    void a_write_over_a_tree_that_was_replaced_fails() {
        ObjectNode first = create("a");
        ObjectNode second =
                store.replace(key("a"), first, object("a").put("x", 1)).orElseThrow();

        assertThat(store.replace(key("a"), first, object("a").put("x", 2))).isEmpty();
        assertThat(store.remove(key("a"), first)).isEmpty();
        assertThat(store.remove(key("a"), second)).isPresent();
        assertThat(store.get(key("a"))).isEmpty();
    }

    @Test
    void a_write_that_changes_only_the_time_of_a_manager_is_none() {
        ObjectNode first =
                store.create(key("a"), managed("2026-01-01T00:00:00Z")).orElseThrow();

        ObjectNode again =
                store.replace(key("a"), first, managed("2026-01-01T00:00:09Z")).orElseThrow();

        assertThat(again).isSameAs(first);
        assertThat(store.revision()).isEqualTo(1001);
    }

    @Test
    void a_namespace_that_was_looked_through_in_vain_is_not_remembered() {
        List<WeakReference<String>> looked = IntStream.range(0, 100)
                .mapToObj(i -> {
                    String namespace = "gone-" + i;
                    assertThat(store.list("things", namespace).objects()).isEmpty();
                    return new WeakReference<>(namespace);
                })
                .toList();

        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            return looked.stream().allMatch(reference -> reference.get() == null);
        });
    }

    @Test
    void namespaces_that_begin_alike_are_kept_apart() {
        for (String namespace : List.of("a", "a-b", "ab", "b")) {
            store.create(new ObjectKey("things", namespace, "x"), object("x"));
        }

        assertThat(store.list("things", "a").objects()).hasSize(1);
        assertThat(store.list("things", "").objects()).hasSize(4);
    }

    @Test
    void the_past_can_be_listed_as_far_as_the_history_goes() {
        ObjectNode a = create("a");
        create("b");
        long then = store.revision();
        store.remove(key("a"), a);
        create("c");

        assertThat(names(store.listAt("things", "ns", then).orElseThrow())).containsExactly("a", "b");
        assertThat(names(store.list("things", "ns"))).containsExactly("b", "c");
        assertThat(store.listAt("things", "ns", 1)).isEmpty();
    }

    @Test
    void a_listener_gets_what_is_there_and_then_each_change() {
        create("a");
        Recorder recorder = new Recorder();
        try (Subscription subscription = subscribe(Subscription.FROM_NOW, recorder)) {
            create("b");
            subscription.requestProgress();
            Awaitility.await().atMost(LONG).until(() -> recorder.seen().contains("progress 1002"));
        }

        assertThat(recorder.seen()).containsSubsequence("initial 1 at 1001", "change 1002", "progress 1002");
    }

    @Test
    void a_listener_continues_after_the_revision_it_knows() {
        create("a");
        create("b");
        Recorder recorder = new Recorder();
        try (Subscription subscription = subscribe(1001, recorder)) {
            assertThat(subscription).isNotNull();
            Awaitility.await().atMost(LONG).until(() -> recorder.seen().size() == 1);
        }

        assertThat(recorder.seen()).containsExactly("change 1002");
    }

    @Test
    void changes_arrive_in_the_order_of_revisions_while_many_write() throws InterruptedException {
        ObjectStore large = new ObjectStore(dispatcher);
        Recorder recorder = new Recorder();
        int writers = 4;
        int writes = 500;
        CountDownLatch done = new CountDownLatch(writers);
        try (Subscription subscription =
                large.subscribe("things", "", Subscription.FROM_NOW, recorder).orElseThrow()) {
            assertThat(subscription).isNotNull();
            for (int i = 0; i < writers; i++) {
                String prefix = "w" + i + "-";
                new Thread(() -> {
                            for (int n = 0; n < writes; n++) {
                                large.create(new ObjectKey("things", "ns", prefix + n), object(prefix + n));
                            }
                            done.countDown();
                        })
                        .start();
            }
            done.await();
            Awaitility.await().atMost(LONG).until(() -> recorder.seen().size() == writers * writes + 1);
        }

        List<String> expected = new ArrayList<>(List.of("initial 0 at 1000"));
        for (int i = 1; i <= writers * writes; i++) {
            expected.add("change " + (1000 + i));
        }
        assertThat(recorder.seen()).isEqualTo(expected);
    }

    @Test
    void a_history_that_is_too_short_is_said_to_be() {
        for (int i = 0; i < 100; i++) {
            create("n" + i);
        }

        assertThat(store.subscribe("things", "", 1001, new Recorder())).isEmpty();
        assertThat(store.oldest("things")).isGreaterThan(1001);
        assertThat(store.subscribe("things", "", store.oldest("things"), new Recorder()))
                .isPresent();
    }

    @Test
    void a_listener_that_is_overtaken_is_told_and_hears_nothing_more() {
        CountDownLatch go = new CountDownLatch(1);
        Recorder recorder = new Recorder(go);
        create("first");
        try (Subscription subscription = subscribe(1000, recorder)) {
            assertThat(subscription).isNotNull();
            Awaitility.await().atMost(LONG).until(recorder::waiting);
            for (int i = 0; i < 200; i++) {
                create("n" + i);
            }
            go.countDown();
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> recorder.seen().stream().anyMatch(what -> what.startsWith("lost")));
        }

        assertThat(recorder.seen()).hasSize(2).first().isEqualTo("change 1001");
    }

    @Test
    void a_listener_of_a_quiet_namespace_is_not_overtaken_by_changes_of_others() {
        ObjectStore direct = new ObjectStore(Runnable::run, 512);
        Recorder recorder = new Recorder();
        try (Subscription subscription = direct.subscribe("things", "quiet", Subscription.FROM_NOW, recorder)
                .orElseThrow()) {
            assertThat(subscription).isNotNull();
            for (int i = 0; i < 2000; i++) {
                direct.create(new ObjectKey("things", "busy", "n" + i), object("n" + i));
            }
            direct.create(new ObjectKey("things", "quiet", "a"), object("a"));
        }

        assertThat(recorder.seen()).containsExactly("initial 0 at 1000", "change 3001");
    }

    @Test
    void compacting_makes_earlier_revisions_unknown() {
        create("a");
        store.compact();

        assertThat(store.subscribe("things", "", 1000, new Recorder())).isEmpty();
        assertThat(store.subscribe("things", "", 1001, new Recorder())).isPresent();
    }

    private Subscription subscribe(long from, Recorder recorder) {
        return store.subscribe("things", "ns", from, recorder).orElseThrow();
    }

    private ObjectNode create(String name) {
        return store.create(key(name), object(name)).orElseThrow();
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("things", "ns", name);
    }

    private static ObjectNode object(String name) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode managed(String time) {
        ObjectNode object = object("a");
        Json.child(object, "metadata")
                .putArray("managedFields")
                .addObject()
                .put("manager", "me")
                .put("time", time);
        return object;
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.objects().stream()
                .map(object -> Json.text(object, "metadata", "name"))
                .toList();
    }
}
