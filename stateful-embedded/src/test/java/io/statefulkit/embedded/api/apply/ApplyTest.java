package io.statefulkit.embedded.api.apply;

import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static io.statefulkit.embedded.api.ApiTests.revision;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTest {

    private static final String MAP = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':";

    private final StoreApi api = new StoreApi(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void an_update_takes_fields_and_a_later_apply_conflicts_with_it() {
        apply("kit", "{'a':'1','b':'2'}", false);
        update("edit", "a", "9");

        Failure failure = failure(() -> apply("kit", "{'a':'1','b':'2'}", false));

        assertThat(failure)
                .hasMessage("Apply failed with 1 conflict: conflict with \"edit\" using v1 at 2026-01-02T03:04:05Z:"
                        + " .data.a");
        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure.status().path("details").path("causes").path(0))
                .isEqualTo(json("{'reason':'FieldManagerConflict','message':'conflict with \\\"edit\\\" using v1 at"
                        + " 2026-01-02T03:04:05Z','field':'.data.a'}"));
    }

    @Test
    void several_conflicts_are_listed_by_manager() {
        apply("one", "{'a':'1','b':'2'}", false);

        Failure failure = failure(() -> apply("two", "{'a':'x','b':'y'}", false));

        assertThat(failure).hasMessage("Apply failed with 2 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b");
    }

    @Test
    void force_takes_the_fields_and_the_other_manager_no_longer_owns_them() {
        apply("one", "{'a':'1','b':'2'}", false);

        ObjectNode forced = apply("two", "{'a':'x'}", true);

        assertThat(forced.path("data")).isEqualTo(json("{'a':'x','b':'2'}"));
        assertThat(fieldsOf(forced, "one")).isEqualTo(json("{'f:data':{'f:b':{}}}"));
        assertThat(fieldsOf(forced, "two")).isEqualTo(json("{'f:data':{'f:a':{}}}"));
    }

    @Test
    void what_a_manager_no_longer_lists_goes_unless_another_one_owns_it() {
        apply("one", "{'a':'1','b':'2'}", false);
        apply("two", "{'b':'2'}", false);

        ObjectNode applied = apply("one", "{'c':'3'}", false);

        assertThat(applied.path("data")).isEqualTo(json("{'b':'2','c':'3'}"));
    }

    @Test
    void applying_the_same_again_writes_nothing() {
        ObjectNode first = apply("one", "{'a':'1'}", false);

        assertThat(revision(apply("one", "{'a':'1'}", false))).isEqualTo(revision(first));
    }

    @Test
    void an_object_that_nobody_tracks_belongs_to_a_manager_of_its_own_first() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", json(MAP + "{'a':'1'}}"), ApiTests.ME);
        api.edit(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                "c",
                "",
                map -> {
                    Json.child(map, "metadata").putArray("managedFields").addObject();
                    return map;
                },
                ApiTests.ME);

        Failure failure = failure(() -> apply("one", "{'a':'2'}", false));

        assertThat(failure).hasMessageContaining("conflict with \"before-first-apply\" using v1");
    }

    @Test
    void elements_of_keyed_lists_have_owners_of_their_own() {
        String head = "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':";
        WriteOptions one = options("one", false);
        api.patch(
                ResourceCatalog.SERVICES,
                "default",
                "s",
                "",
                PatchType.APPLY,
                json(head + "[{'name':'a','port':1}]}}"),
                one);

        ObjectNode both = api.patch(
                ResourceCatalog.SERVICES,
                "default",
                "s",
                "",
                PatchType.APPLY,
                json(head + "[{'name':'b','port':2}]}}"),
                options("two", false));
        ObjectNode rest = api.patch(
                ResourceCatalog.SERVICES,
                "default",
                "s",
                "",
                PatchType.APPLY,
                json(head + "[{'name':'b','port':2}]}}"),
                one);

        assertThat(both.path("spec").path("ports")).hasSize(2);
        assertThat(rest.path("spec").path("ports")).hasSize(1);
        assertThat(fieldsOf(rest, "one"))
                .isEqualTo(json("{'f:spec':{'f:ports':{'k:{\\\"port\\\":2,\\\"protocol\\\":\\\"TCP\\\"}':"
                        + "{'.':{},'f:name':{},'f:port':{}}}}}"));
    }

    @Test
    void what_cannot_be_applied_is_refused_with_the_reason() {
        assertThat(failure(() -> apply("", "{}", false)).code()).isEqualTo(422);
        assertThat(failure(() -> apply("me", json("{'kind':'ConfigMap','metadata':{'name':'c'}}"), false))
                        .code())
                .isEqualTo(400);
        assertThat(failure(() -> apply(
                        "me",
                        json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c','managedFields':[]}}"),
                        false)))
                .hasMessage("metadata.managedFields must be nil");
    }

    @Test
    void a_status_writer_is_kept_apart_from_other_writers() {
        api.create(ResourceCatalog.PODS, "default", ApiTests.pod("p"), ApiTests.ME);

        ObjectNode pod = api.edit(
                        ResourceCatalog.PODS,
                        "default",
                        "p",
                        "status",
                        old -> {
                            Json.child(old, "status").put("phase", "Running");
                            return old;
                        },
                        options("kubelet", false))
                .orElseThrow();

        assertThat(pod.path("metadata").path("managedFields")).hasSize(2);
        assertThat(fieldsOf(pod, "kubelet")).isEqualTo(json("{'f:status':{'f:phase':{}}}"));
        assertThat(fieldsOf(pod, "test").has("f:status")).isFalse();
    }

    @Test
    void the_oldest_of_many_updaters_become_one() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", json(MAP + "{'a':'0'}}"), ApiTests.ME);
        for (int i = 0; i < 15; i++) {
            update("manager-" + i, "key-" + i, "x");
        }

        ObjectNode map = api.get(ResourceCatalog.CONFIG_MAPS, "default", "c");

        assertThat(map.path("metadata").path("managedFields")).hasSize(10);
        assertThat(fieldsOf(map, "ancient-changes").path("f:data").size()).isGreaterThanOrEqualTo(7);
    }

    private ObjectNode apply(String manager, String data, boolean force) {
        return apply(manager, json(MAP + data + "}"), force);
    }

    private ObjectNode apply(String manager, ObjectNode configuration, boolean force) {
        return api.patch(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                "c",
                "",
                PatchType.APPLY,
                configuration,
                options(manager, force));
    }

    private void update(String manager, String key, String value) {
        api.edit(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                "c",
                "",
                map -> {
                    Json.child(map, "data").put(key, value);
                    return map;
                },
                options(manager, false));
    }

    private static WriteOptions options(String manager, boolean force) {
        return new WriteOptions(manager, false, force, WriteOptions.Validation.STRICT);
    }

    private static JsonNode fieldsOf(ObjectNode object, String manager) {
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry.path("fieldsV1");
            }
        }
        return Json.object();
    }
}
