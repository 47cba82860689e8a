package io.statefulkit.embedded.api.write;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.configMap;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static io.statefulkit.embedded.api.ApiTests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeletionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final StoreApi api = new StoreApi(Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void most_kinds_are_answered_with_a_status() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);

        ObjectNode answer = delete(ResourceCatalog.CONFIG_MAPS, "a", DeleteOptions.DEFAULT);

        assertThat(Json.text(answer, "status")).isEqualTo("Success");
        assertThat(Json.text(answer, "details", "kind")).isEqualTo("configmaps");
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "a")).isEmpty();
    }

    @Test
    void a_running_pod_gets_the_time_of_its_end_and_a_shorter_grace_moves_it() {
        running("p");

        ObjectNode first = delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT);
        assertThat(Json.text(first, "metadata", "deletionTimestamp")).isEqualTo("2026-01-02T03:04:35Z");
        assertThat(Json.at(first, "metadata", "generation").asInt()).isEqualTo(2);

        ObjectNode shorter = delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT.withGrace(5));
        assertThat(Json.text(shorter, "metadata", "deletionTimestamp")).isEqualTo("2026-01-02T03:04:10Z");

        ObjectNode longer = delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT.withGrace(60));
        assertThat(Json.at(longer, "metadata", "deletionGracePeriodSeconds").asInt())
                .isEqualTo(5);
    }

    @Test
    void a_pod_without_a_node_goes_at_once() {
        api.create(ResourceCatalog.PODS, "default", pod("p"), ME);

        delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT);

        assertThat(api.find(ResourceCatalog.PODS, "default", "p")).isEmpty();
    }

    @Test
    void a_pod_that_goes_already_and_has_ended_waits_for_its_node() {
        running("p");
        delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT);
        api.edit(
                ResourceCatalog.PODS,
                "default",
                "p",
                "status",
                pod -> {
                    Json.child(pod, "status").put("phase", "Succeeded");
                    return pod;
                },
                ME);

        delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT);
        assertThat(api.find(ResourceCatalog.PODS, "default", "p")).isPresent();

        delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT.withGrace(0));
        assertThat(api.find(ResourceCatalog.PODS, "default", "p")).isEmpty();
    }

    @Test
    void a_finalizer_keeps_an_object_until_it_is_removed() {
        ObjectNode map = configMap("a");
        Json.child(map, "metadata").putArray("finalizers").add("example.com/hold");
        api.create(ResourceCatalog.CONFIG_MAPS, "default", map, ME);

        delete(ResourceCatalog.CONFIG_MAPS, "a", DeleteOptions.DEFAULT);
        assertThat(api.get(ResourceCatalog.CONFIG_MAPS, "default", "a")
                        .path("metadata")
                        .has("deletionTimestamp"))
                .isTrue();

        ObjectNode answer = api.edit(
                        ResourceCatalog.CONFIG_MAPS, "default", "a", "", DeletionTest::withoutFinalizers, ME)
                .orElseThrow();
        assertThat(answer.path("metadata").has("finalizers")).isFalse();
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "a")).isEmpty();
    }

    @Test
    void no_finalizer_can_be_added_to_what_is_going() {
        running("p");
        delete(ResourceCatalog.PODS, "p", DeleteOptions.DEFAULT);

        Failure failure = failure(() -> api.edit(
                ResourceCatalog.PODS,
                "default",
                "p",
                "",
                pod -> {
                    Json.child(pod, "metadata").putArray("finalizers").add("example.com/x");
                    return pod;
                },
                ME));

        assertThat(failure)
                .hasMessage(
                        "Pod \"p\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the"
                                + " object is being deleted, found new finalizers []string{\"example.com/x\"}");
    }

    @Test
    void the_propagation_policy_becomes_a_finalizer() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("b"), ME);

        ObjectNode foreground =
                delete(ResourceCatalog.CONFIG_MAPS, "a", DeleteOptions.DEFAULT.withPropagation("Foreground"));
        ObjectNode orphan = delete(ResourceCatalog.CONFIG_MAPS, "b", DeleteOptions.DEFAULT.withPropagation("Orphan"));

        assertThat(foreground.path("metadata").path("finalizers")).hasToString("[\"foregroundDeletion\"]");
        assertThat(orphan.path("metadata").path("finalizers")).hasToString("[\"orphan\"]");
    }

    @Test
    void no_policy_is_said_by_saying_nothing() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);

        Failure failure =
                failure(() -> delete(ResourceCatalog.CONFIG_MAPS, "a", DeleteOptions.DEFAULT.withPropagation("nil")));

        assertThat(failure)
                .hasMessage("DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"nil\":"
                        + " supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "a")).isPresent();
    }

    @Test
    void the_wrong_uid_or_revision_deletes_nothing() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);

        Failure failure = failure(() -> delete(ResourceCatalog.CONFIG_MAPS, "a", DeleteOptions.ofUid("other")));

        assertThat(failure.code()).isEqualTo(409);
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "a")).isPresent();
    }

    @Test
    void a_namespace_takes_nothing_new_while_it_goes_and_ends_when_it_is_finalized() {
        api.create(ResourceCatalog.NAMESPACES, "", json("{'metadata':{'name':'shop'}}"), ME);
        api.delete(ResourceCatalog.NAMESPACES, "", "shop", DeleteOptions.DEFAULT);

        Failure failure = failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "shop", configMap("a"), ME));
        assertThat(failure)
                .hasMessage(
                        "configmaps \"a\" is forbidden: unable to create new content in namespace shop because it is"
                                + " being terminated");

        ObjectNode namespace = api.get(ResourceCatalog.NAMESPACES, "", "shop").deepCopy();
        namespace.putObject("spec");
        api.update(ResourceCatalog.NAMESPACES, "", "shop", "finalize", namespace, ME);
        assertThat(api.find(ResourceCatalog.NAMESPACES, "", "shop")).isEmpty();
    }

    @Test
    void the_default_namespace_stays() {
        Failure failure = failure(() -> api.delete(ResourceCatalog.NAMESPACES, "", "default", DeleteOptions.DEFAULT));

        assertThat(failure).hasMessage("namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    @Test
    void a_collection_goes_as_far_as_the_selector_reaches() {
        ObjectNode labelled = configMap("a");
        Json.child(Json.child(labelled, "metadata"), "labels").put("x", "1");
        api.create(ResourceCatalog.CONFIG_MAPS, "default", labelled, ME);
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("b"), ME);

        api.deleteCollection(ResourceCatalog.CONFIG_MAPS, "default", ListOptions.labels("x=1"), DeleteOptions.DEFAULT);

        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "a")).isEmpty();
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", "b")).isPresent();
    }

    private void running(String name) {
        api.create(ResourceCatalog.PODS, "default", pod(name), ME);
        api.post(ResourceCatalog.PODS, "default", name, "binding", json("{'target':{'name':'node'}}"), ME);
    }

    private ObjectNode delete(ResourceType type, String name, DeleteOptions options) {
        return api.delete(type, "default", name, options);
    }

    private static ObjectNode withoutFinalizers(ObjectNode object) {
        Json.child(object, "metadata").remove("finalizers");
        return object;
    }
}
