package io.statefulkit.embedded.api.read;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.configMap;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void pages_show_the_state_of_the_first_one() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            create("default", name);
        }
        Page first = page("default", 2, "");
        api.delete(ResourceCatalog.CONFIG_MAPS, "default", "d", DeleteOptions.DEFAULT);
        create("default", "cc");

        Page second = page("default", 2, first.continueToken());
        Page third = page("default", 2, second.continueToken());

        List<String> names = new ArrayList<>();
        List.of(first, second, third).forEach(page -> page.items().forEach(item -> names.add(ApiTests.name(item))));
        assertThat(names).containsExactly("a", "b", "c", "d", "e", "kube-root-ca.crt");
        assertThat(first.remaining()).hasValue(4);
        assertThat(third.continueToken()).isEmpty();
        assertThat(third.revision()).isEqualTo(first.revision());
    }

    @Test
    void pages_over_all_namespaces_miss_nothing_when_names_begin_alike() {
        for (String namespace : List.of("x", "x-y", "xy")) {
            api.create(ResourceCatalog.NAMESPACES, "", json("{'metadata':{'name':'" + namespace + "'}}"), ME);
            create(namespace, "a");
        }
        List<ObjectNode> all =
                api.list(ResourceCatalog.CONFIG_MAPS, "", ListOptions.ALL).items();

        List<ObjectNode> paged = new ArrayList<>();
        String token = "";
        do {
            Page page = page("", 1, token);
            paged.addAll(page.items());
            token = page.continueToken();
        } while (!token.isEmpty());

        assertThat(paged).isEqualTo(all);
    }

    @Test
    void a_page_after_the_history_was_forgotten_is_gone() {
        create("default", "a");
        create("default", "b");
        String token = page("default", 1, "").continueToken();
        create("default", "c");
        api.compact();

        Failure gone = failure(() -> page("default", 1, token));
        assertThat(gone.reason()).isEqualTo("Expired");
        // What remains can be had as it is now.
        Page rest = page("default", 5, Json.text(gone.status(), "metadata", "continue"));
        assertThat(rest.items()).extracting(ApiTests::name).containsExactly("b", "c", "kube-root-ca.crt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a*b|: illegal base64 data at input byte 1",
                "abcde|: illegal base64 data at input byte 4",
                "bm9uc2Vuc2U|~: invalid character 'o' in literal null (expecting 'u')~",
                "WzFd|: json: cannot unmarshal array into Go value of type storage.continueToken",
                "{'v':'v9','rv':1,'start':'a'}|: server does not recognize this encoded version v9",
                "{'v':'meta.k8s.io/v1','rv':0}|: incorrect encoded start resourceVersion (version meta.k8s.io/v1)",
                "{'v':'meta.k8s.io/v1','rv':1}|: encoded start key empty (version meta.k8s.io/v1)",
                "{'v':'meta.k8s.io/v1','rv':1,'start':'/a/../b'}|: /a/../b",
                "{'rv':'1'}|: json: cannot unmarshal string into Go struct field continueToken.rv of type int64"
            })
    void a_token_that_no_page_gave_is_refused_in_the_words_of_kubernetes(String given, String why) {
        String token = given.startsWith("{")
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json(given)))
                : given;

        Failure failure = failure(() -> page("default", 1, token));

        assertThat(failure).hasMessage("invalid continue token: continue key is not valid" + why);
        assertThat(failure.reason()).isEqualTo("BadRequest");
    }

    @ParameterizedTest
    @CsvSource({
        "abc,invalid syntax",
        "-1,invalid syntax",
        "+1,invalid syntax",
        "99999999999999999999,value out of range"
    })
    void what_is_no_revision_is_a_bad_list_and_an_error_of_a_watch(String given, String why) {
        String problem = "resourceVersion: Invalid value: \"" + given + "\": strconv.ParseUint: parsing \"" + given
                + "\": " + why;
        ListOptions list = new ListOptions("", "", 0, "", given, "");
        WatchOptions watch = new WatchOptions("", "", given, false, false);

        Failure listed = failure(() -> api.list(ResourceCatalog.PODS, "default", list));
        Failure watched = failure(() -> api.watch(ResourceCatalog.PODS, "default", watch, event -> {}));

        assertThat(listed).hasMessage("invalid resource version: " + problem);
        assertThat(listed.reason()).isEqualTo("BadRequest");
        assertThat(watched).hasMessage(problem);
        assertThat(watched.code()).isEqualTo(500);
        assertThat(watched.status().has("reason")).isFalse();
    }

    @Test
    void the_future_cannot_be_listed() {
        Failure failure = failure(() ->
                api.list(ResourceCatalog.PODS, "default", new ListOptions("", "", 0, "", "999999", "NotOlderThan")));

        assertThat(failure.code()).isEqualTo(504);
        assertThat(failure).hasMessageStartingWith("Timeout: Too large resource version: 999999, current: ");
    }

    @Test
    void initial_events_end_with_a_bookmark() {
        create("default", "a");
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        WatchOptions options = new WatchOptions("", "metadata.name=a", "", true, true);

        try (Api.Watch watch = api.watch(ResourceCatalog.CONFIG_MAPS, "default", options, events::add)) {
            assertThat(watch).isNotNull();
            Awaitility.await().atMost(LONG).until(() -> events.size() == 2);
        }

        assertThat(events.get(0).type()).isEqualTo(WatchEvent.Type.ADDED);
        assertThat(events.get(1).type()).isEqualTo(WatchEvent.Type.BOOKMARK);
        assertThat(Json.text(events.get(1).object(), "metadata", "annotations", "k8s.io/initial-events-end"))
                .isEqualTo("true");
    }

    @Test
    void an_object_that_begins_or_ends_to_match_comes_and_goes_for_a_watch() {
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        WatchOptions options = new WatchOptions("shown=yes", "", "", false, false);

        try (Api.Watch watch = api.watch(ResourceCatalog.CONFIG_MAPS, "default", options, events::add)) {
            assertThat(watch).isNotNull();
            create("default", "a");
            label("yes", "1");
            label("yes", "2");
            label("no", "3");
            Awaitility.await().atMost(LONG).until(() -> events.size() == 3);
        }

        assertThat(events)
                .extracting(WatchEvent::type)
                .containsExactly(WatchEvent.Type.ADDED, WatchEvent.Type.MODIFIED, WatchEvent.Type.DELETED);
        assertThat(Json.text(events.get(2).object(), "data", "k")).isEqualTo("2");
        assertThat(ApiTests.revision(events.get(2).object()))
                .isNotEqualTo(ApiTests.revision(events.get(1).object()));
    }

    private void label(String shown, String value) {
        api.patch(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                "a",
                "",
                PatchType.MERGE,
                json("{'metadata':{'labels':{'shown':'" + shown + "'}},'data':{'k':'" + value + "'}}"),
                ME);
    }

    @Test
    void how_a_revision_is_meant_is_said_with_one_only() {
        Failure failure = failure(
                () -> api.list(ResourceCatalog.PODS, "default", new ListOptions("", "", 0, "", "", "NotOlderThan")));

        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure)
                .hasMessageContaining("resourceVersionMatch is forbidden unless resourceVersion is provided");
        assertThat(failure(
                        () -> api.list(ResourceCatalog.PODS, "default", new ListOptions("", "", 0, "", "1", "Newest"))))
                .hasMessageContaining(
                        "Unsupported value: \"Newest\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
    }

    @Test
    void a_watch_continues_from_a_list_without_a_gap() {
        create("default", "a");
        long revision = api.list(ResourceCatalog.CONFIG_MAPS, "default", ListOptions.ALL)
                .revision();
        create("default", "b");
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        WatchOptions options = new WatchOptions("", "", Long.toString(revision), false, false);

        try (Api.Watch watch = api.watch(ResourceCatalog.CONFIG_MAPS, "default", options, events::add)) {
            assertThat(watch).isNotNull();
            api.delete(ResourceCatalog.CONFIG_MAPS, "default", "a", DeleteOptions.DEFAULT);
            Awaitility.await().atMost(LONG).until(() -> events.size() == 2);
        }

        assertThat(ApiTests.name(events.get(0).object())).isEqualTo("b");
        assertThat(events.get(1).type()).isEqualTo(WatchEvent.Type.DELETED);
        assertThat(Long.parseLong(ApiTests.revision(events.get(1).object()))).isGreaterThan(revision + 1);
    }

    @Test
    void a_watch_from_a_revision_that_is_still_to_come_tells_what_comes_after_it() {
        long now = api.list(ResourceCatalog.CONFIG_MAPS, "default", ListOptions.ALL)
                .revision();
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        WatchOptions options = new WatchOptions("", "", Long.toString(now + 2), false, false);

        try (Api.Watch watch = api.watch(ResourceCatalog.CONFIG_MAPS, "default", options, events::add)) {
            assertThat(watch).isNotNull();
            List.of("a", "b", "c").forEach(name -> create("default", name));
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> events.stream()
                            .anyMatch(event -> ApiTests.name(event.object()).equals("c")));
        }

        assertThat(events).extracting(event -> ApiTests.name(event.object())).containsExactly("c");
    }

    @Test
    void a_watch_that_is_closed_is_forgotten() {
        WeakReference<Object> listener = openAndClose();

        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> {
            System.gc();
            return listener.get() == null;
        });
    }

    private WeakReference<Object> openAndClose() {
        List<WatchEvent> events = new ArrayList<>();
        WatchOptions withBookmarks = new WatchOptions("", "", "", true, false);
        api.watch(ResourceCatalog.CONFIG_MAPS, "default", withBookmarks, events::add)
                .close();
        return new WeakReference<>(events);
    }

    private void create(String namespace, String name) {
        api.create(ResourceCatalog.CONFIG_MAPS, namespace, configMap(name), ME);
    }

    private Page page(String namespace, int limit, String token) {
        return api.list(ResourceCatalog.CONFIG_MAPS, namespace, new ListOptions("", "", limit, token, "", ""));
    }
}
