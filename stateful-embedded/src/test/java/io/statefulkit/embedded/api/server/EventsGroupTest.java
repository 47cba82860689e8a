package io.statefulkit.embedded.api.server;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.configMap;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsGroupTest {

    private static final ResourceType GROUP = ResourceCatalog.GROUP_EVENTS;

    private final StoreApi stored = new StoreApi(Clock.systemUTC());
    private final Api api = new EventsGroup(stored);

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void an_event_is_one_object_in_two_shapes() {
        create("old", "BackOff");

        ObjectNode shown = api.get(GROUP, "default", "old");
        assertThat(shown.path("apiVersion").asText()).isEqualTo("events.k8s.io/v1");
        assertThat(shown.path("regarding").path("name").asText()).isEqualTo("db-0");
        assertThat(shown.path("note").asText()).isEqualTo("it is said");
        assertThat(shown.path("deprecatedCount").asInt()).isEqualTo(3);
        assertThat(shown.path("deprecatedSource").path("component").asText()).isEqualTo("kubelet");
        assertThat(List.of("message", "involvedObject", "count", "source", "firstTimestamp"))
                .noneMatch(shown::has);

        api.create(
                GROUP,
                "default",
                json("{'apiVersion':'events.k8s.io/v1','kind':'Event','metadata':{'name':'new'},'reason':'Seen',"
                        + "'note':'new shape','regarding':{'kind':'Pod','namespace':'default','name':'db-1'},"
                        + "'eventTime':'2026-01-02T03:04:05.000006Z','action':'Look','type':'Normal',"
                        + "'reportingController':'me.example/it','reportingInstance':'me-1'}"),
                ME);
        ObjectNode core = api.get(ResourceCatalog.EVENTS, "default", "new");
        assertThat(core.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(core.path("message").asText()).isEqualTo("new shape");
        assertThat(core.path("involvedObject").path("name").asText()).isEqualTo("db-1");
        assertThat(core.path("reportingComponent").asText()).isEqualTo("me.example/it");
        assertThat(stored.catalog().types()).doesNotContain(GROUP);
    }

    @Test
    void what_is_selected_is_named_as_it_is_shown() {
        create("a", "BackOff");
        create("b", "Killing");

        assertThat(list("regarding.name=db-0,reason=Killing")).containsExactly("b");
        assertThat(list("regarding.kind=Node")).isEmpty();
        assertThat(list("metadata.name!=a")).containsExactly("b");
    }

    @Test
    void patches_say_what_they_change_in_the_same_shape() {
        create("e", "BackOff");

        api.patch(GROUP, "default", "e", "", PatchType.MERGE, json("{'note':'merged','deprecatedCount':4}"), ME);
        JsonNode steps = json("{'s':[{'op':'replace','path':'/reason','value':'Killing'},"
                        + "{'op':'copy','from':'/note','path':'/action'}]}")
                .path("s");
        ObjectNode patched = api.patch(GROUP, "default", "e", "", PatchType.JSON, steps, ME);

        assertThat(patched.path("note").asText()).isEqualTo("merged");
        assertThat(patched.path("action").asText()).isEqualTo("merged");
        ObjectNode core = api.get(ResourceCatalog.EVENTS, "default", "e");
        assertThat(core.path("count").asInt()).isEqualTo(4);
        assertThat(core.path("reason").asText()).isEqualTo("Killing");
    }

    @Test
    void a_watch_shows_the_same_shape_and_a_deletion_takes_both() {
        List<WatchEvent> seen = new CopyOnWriteArrayList<>();
        Api.Watch watch = api.watch(GROUP, "default", WatchOptions.ALL, seen::add);
        create("e", "BackOff");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(seen)
                        .extracting(event -> event.object().path("note").asText())
                        .containsExactly("it is said"));
        ObjectNode status = api.delete(GROUP, "default", "e", DeleteOptions.DEFAULT);
        assertThat(status.path("details").path("group").asText()).isEqualTo("events.k8s.io");
        watch.close();
        Failure missing = failure(() -> api.get(GROUP, "default", "e"));
        assertThat(missing.status().path("message").asText()).isEqualTo("events.events.k8s.io \"e\" not found");
        assertThat(api.find(ResourceCatalog.EVENTS, "default", "e")).isEmpty();
    }

    @Test
    void other_kinds_are_what_they_are() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("m"), ME);

        assertThat(api.get(ResourceCatalog.CONFIG_MAPS, "default", "m"))
                .isSameAs(stored.get(ResourceCatalog.CONFIG_MAPS, "default", "m"));
    }

    private List<String> list(String selector) {
        return api.list(GROUP, "default", new ListOptions("", selector, 0, "", "", "")).items().stream()
                .map(ApiTests::name)
                .toList();
    }

    private void create(String name, String reason) {
        stored.create(
                ResourceCatalog.EVENTS,
                "default",
                json("{'metadata':{'name':'" + name + "'},'reason':'" + reason + "','message':'it is said','count':3,"
                        + "'type':'Warning','source':{'component':'kubelet'},'firstTimestamp':'2026-01-02T03:04:05Z',"
                        + "'lastTimestamp':'2026-01-02T03:04:05Z','involvedObject':{'kind':'Pod','namespace':'default',"
                        + "'name':'db-0'}}"),
                ME);
    }
}
