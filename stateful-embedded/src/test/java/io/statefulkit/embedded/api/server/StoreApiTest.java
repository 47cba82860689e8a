package io.statefulkit.embedded.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreApiTest {

    private static final WriteOptions ME = WriteOptions.by("test");

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_namespace_has_its_service_account_and_root_certificate_from_the_start() {
        api.create(ResourceCatalog.NAMESPACES, "", object("{'metadata':{'name':'shop'}}"), ME);

        assertThat(api.find(ResourceCatalog.SERVICE_ACCOUNTS, "shop", "default"))
                .isPresent();
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "shop", "kube-root-ca.crt"))
                .isPresent();
    }

    @Test
    void what_every_namespace_has_comes_back_unless_the_namespace_goes_as_well() {
        api.create(ResourceCatalog.NAMESPACES, "", object("{'metadata':{'name':'shop'}}"), ME);

        api.delete(ResourceCatalog.SERVICE_ACCOUNTS, "shop", "default", DeleteOptions.DEFAULT);
        api.deleteCollection(ResourceCatalog.CONFIG_MAPS, "shop", ListOptions.ALL, DeleteOptions.DEFAULT);
        assertThat(api.find(ResourceCatalog.SERVICE_ACCOUNTS, "shop", "default"))
                .isPresent();
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "shop", "kube-root-ca.crt"))
                .isPresent();

        api.delete(ResourceCatalog.NAMESPACES, "", "shop", DeleteOptions.DEFAULT);
        api.delete(ResourceCatalog.SERVICE_ACCOUNTS, "shop", "default", DeleteOptions.DEFAULT);
        api.deleteCollection(ResourceCatalog.CONFIG_MAPS, "shop", ListOptions.ALL, DeleteOptions.DEFAULT);
        assertThat(api.find(ResourceCatalog.SERVICE_ACCOUNTS, "shop", "default"))
                .isEmpty();
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "shop", "kube-root-ca.crt"))
                .isEmpty();
    }

    @Test
    void a_pod_gets_defaults_and_its_service_account() {
        ObjectNode pod = api.create(ResourceCatalog.PODS, "default", pod("p"), ME);

        assertThat(Json.text(pod, "spec", "restartPolicy")).isEqualTo("Always");
        assertThat(Json.text(pod, "spec", "serviceAccountName")).isEqualTo("default");
        assertThat(Json.text(pod, "status", "qosClass")).isEqualTo("BestEffort");
        assertThat(Json.at(pod, "metadata", "generation").asInt()).isEqualTo(1);
    }

    @Test
    void a_pod_without_secrets_for_its_images_gets_those_of_its_service_account() {
        api.edit(
                ResourceCatalog.SERVICE_ACCOUNTS,
                "default",
                "default",
                "",
                account -> {
                    account.putArray("imagePullSecrets").addObject().put("name", "registry");
                    return account;
                },
                ME);
        ObjectNode own = pod("q");
        Json.child(own, "spec").putArray("imagePullSecrets").addObject().put("name", "mine");

        ObjectNode given = api.create(ResourceCatalog.PODS, "default", pod("p"), ME);
        ObjectNode kept = api.create(ResourceCatalog.PODS, "default", own, ME);

        assertThat(given.at("/spec/imagePullSecrets")).hasToString("[{\"name\":\"registry\"}]");
        assertThat(kept.at("/spec/imagePullSecrets")).hasToString("[{\"name\":\"mine\"}]");
    }

    @Test
    void a_write_that_changes_nothing_keeps_the_revision() {
        ObjectNode map = api.create(ResourceCatalog.CONFIG_MAPS, "default", object("{'metadata':{'name':'a'}}"), ME);

        ObjectNode again = api.update(ResourceCatalog.CONFIG_MAPS, "default", "a", "", map, ME);

        assertThat(Json.text(again, "metadata", "resourceVersion"))
                .isEqualTo(Json.text(map, "metadata", "resourceVersion"));
    }

    @Test
    void a_bound_pod_is_deleted_gracefully_and_then_at_once() {
        api.create(ResourceCatalog.PODS, "default", pod("p"), ME);
        api.post(ResourceCatalog.PODS, "default", "p", "binding", object("{'target':{'name':'node'}}"), ME);

        ObjectNode deleted = api.delete(ResourceCatalog.PODS, "default", "p", DeleteOptions.DEFAULT);
        assertThat(Json.at(deleted, "metadata", "deletionGracePeriodSeconds").asInt())
                .isEqualTo(30);
        assertThat(api.find(ResourceCatalog.PODS, "default", "p")).isPresent();

        api.delete(ResourceCatalog.PODS, "default", "p", DeleteOptions.DEFAULT.withGrace(0));
        assertThat(api.find(ResourceCatalog.PODS, "default", "p")).isEmpty();
    }

    @Test
    void a_watch_sees_what_is_there_and_what_comes_in_order() throws InterruptedException {
        BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
        api.create(ResourceCatalog.CONFIG_MAPS, "default", object("{'metadata':{'name':'a','labels':{'x':'1'}}}"), ME);
        WatchOptions options = new WatchOptions("x=1", "", "", false, false);
        try (Api.Watch watch = api.watch(ResourceCatalog.CONFIG_MAPS, "default", options, events::add)) {
            assertThat(watch).isNotNull();
            api.edit(ResourceCatalog.CONFIG_MAPS, "default", "a", "", map -> map.put("immutable", false), ME);
            api.edit(
                    ResourceCatalog.CONFIG_MAPS,
                    "default",
                    "a",
                    "",
                    map -> {
                        Json.child(map, "metadata").remove("labels");
                        return map;
                    },
                    ME);
            assertThat(next(events).type()).isEqualTo(WatchEvent.Type.ADDED);
            assertThat(next(events).type()).isEqualTo(WatchEvent.Type.MODIFIED);
            assertThat(next(events).type()).isEqualTo(WatchEvent.Type.DELETED);
        }
    }

    @Test
    void a_watch_from_a_forgotten_revision_is_told_so() {
        WatchOptions options = new WatchOptions("", "", "1", false, false);

        Failure failure = catchThrowableOfType(
                Failure.class, () -> api.watch(ResourceCatalog.PODS, "default", options, event -> {}));

        assertThat(failure.code()).isEqualTo(410);
        assertThat(failure.reason()).isEqualTo("Expired");
    }

    @Test
    void a_service_gets_an_address_of_the_loopback_network() {
        ObjectNode service = api.create(
                ResourceCatalog.SERVICES,
                "default",
                object("{'metadata':{'name':'db'},'spec':{'ports':[{'port':5432}]}}"),
                ME);

        assertThat(Json.text(service, "spec", "clusterIP")).startsWith("127.96.");
    }

    private static WatchEvent next(BlockingQueue<WatchEvent> events) throws InterruptedException {
        WatchEvent event = events.poll(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static ObjectNode pod(String name) {
        return object("{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'busybox:1'}]}}");
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }
}
