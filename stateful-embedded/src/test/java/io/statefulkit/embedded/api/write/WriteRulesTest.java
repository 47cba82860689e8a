package io.statefulkit.embedded.api.write;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.configMap;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static io.statefulkit.embedded.api.ApiTests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write does to what only the server may set, to generations, owners and to the other half of an object. */
class WriteRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final WriteOptions REHEARSAL = new WriteOptions("test", true, false, WriteOptions.Validation.IGNORE);

    private final StoreApi api = new StoreApi(Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_new_object_has_no_revision_yet() {
        ObjectNode map = configMap("a");
        Json.child(map, "metadata").put("resourceVersion", "1");

        Failure failure = failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "default", map, ME));

        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.reason()).isEmpty();
        assertThat(failure).hasMessage("resourceVersion should not be set on objects to be created");
    }

    @Test
    void what_the_server_sets_is_not_taken_from_a_new_object() {
        ObjectNode created = api.create(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                json(
                        "{'metadata':{'name':'a','uid':'mine','creationTimestamp':'2001-01-01T00:00:00Z','deletionTimestamp':"
                                + "'2001-01-01T00:00:00Z','deletionGracePeriodSeconds':3,'generation':9}}"),
                ME);

        JsonNode metadata = created.path("metadata");
        assertThat(metadata.path("uid").asText()).hasSize(36);
        assertThat(metadata.path("creationTimestamp").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(metadata.has("deletionTimestamp") || metadata.has("generation"))
                .isFalse();
    }

    @Test
    void a_generated_name_is_a_short_base_and_five_characters() {
        String base = "x".repeat(70) + "-";
        ObjectNode created = api.create(
                ResourceCatalog.CONFIG_MAPS, "default", json("{'metadata':{'generateName':'" + base + "'}}"), ME);

        assertThat(ApiTests.name(created)).matches("x{58}[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    @Test
    void a_rehearsal_answers_and_stores_nothing() {
        ObjectNode created = api.create(
                ResourceCatalog.CONFIG_MAPS, "default", json("{'metadata':{'generateName':'dry-'}}"), REHEARSAL);

        assertThat(ApiTests.name(created)).matches("dry-.{5}");
        assertThat(Json.text(created, "metadata", "uid")).hasSize(36);
        assertThat(api.find(ResourceCatalog.CONFIG_MAPS, "default", ApiTests.name(created)))
                .isEmpty();
    }

    @Test
    void an_update_creates_a_service_and_no_config_map() {
        ObjectNode service = json("{'metadata':{'name':'s'},'spec':{'ports':[{'port':1}]}}");

        assertThat(ApiTests.name(api.update(ResourceCatalog.SERVICES, "default", "s", "", service, ME)))
                .isEqualTo("s");
        assertThat(failure(() -> api.update(ResourceCatalog.CONFIG_MAPS, "default", "c", "", configMap("c"), ME))
                        .code())
                .isEqualTo(404);
    }

    @Test
    void an_update_of_an_object_that_was_replaced_is_a_conflict() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);
        ObjectNode other = configMap("a");
        Json.child(other, "metadata").put("uid", "11111111-2222-3333-4444-555555555555");

        Failure failure = failure(() -> api.update(ResourceCatalog.CONFIG_MAPS, "default", "a", "", other, ME));

        assertThat(failure.code()).isEqualTo(409);
        assertThat(failure)
                .hasMessageContaining("Precondition failed: UID in precondition: 11111111-2222-3333-4444-555555555555");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poddisruptionbudgets", "leases"})
    void some_kinds_are_updated_only_by_who_knows_their_revision(String plural) {
        ResourceType type = plural.equals("leases") ? ResourceCatalog.LEASES : ResourceCatalog.POD_DISRUPTION_BUDGETS;
        ObjectNode created = api.create(type, "default", json("{'metadata':{'name':'b'},'spec':{}}"), ME);
        ObjectNode blind = json("{'metadata':{'name':'b'},'spec':{}}");

        Failure failure = failure(() -> api.update(type, "default", "b", "", blind, ME));

        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure)
                .hasMessageContaining("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
        assertThat(api.update(type, "default", "b", "", created.deepCopy(), ME)).isEqualTo(created);
    }

    @Test
    void a_lease_lasts_some_time() {
        ObjectNode lease = json("{'metadata':{'name':'l'},'spec':{'leaseDurationSeconds':0,'leaseTransitions':-1}}");

        assertThat(failure(() -> api.create(ResourceCatalog.LEASES, "default", lease, ME)))
                .hasMessage("Lease.coordination.k8s.io \"l\" is invalid: [spec.leaseDurationSeconds: Invalid value: 0:"
                        + " must be greater than 0, spec.leaseTransitions: Invalid value: -1: must be greater than or"
                        + " equal to 0]");
    }

    @Test
    void an_update_creates_limit_ranges_and_roles_too() {
        for (ResourceType type : List.of(ResourceCatalog.LIMIT_RANGES, ResourceCatalog.ROLES)) {
            api.update(type, "default", "new", "", json("{'metadata':{'name':'new'}}"), ME);

            assertThat(api.find(type, "default", "new")).isPresent();
        }
    }

    @Test
    void a_generation_counts_changes_of_what_is_wanted_only() {
        deployment();

        assertThat(generation(patch("", "{'metadata':{'labels':{'x':'y'}}}"))).isEqualTo(1);
        assertThat(generation(patch("", "{'spec':{'replicas':3}}"))).isEqualTo(2);
        assertThat(generation(patch("status", "{'status':{'replicas':3}}"))).isEqualTo(2);
    }

    @Test
    void status_and_the_rest_are_written_apart() {
        deployment();

        ObjectNode main = patch("", "{'spec':{'replicas':2},'status':{'replicas':7}}");
        ObjectNode status = patch(
                "status",
                "{'metadata':{'annotations':{'deployment.kubernetes.io/revision':'1'},'labels':{'x':'y'}},'spec':{'replicas':5},"
                        + "'status':{'replicas':7}}");

        assertThat(Json.at(main, "status", "replicas").asInt()).isZero();
        assertThat(Json.at(status, "spec", "replicas").asInt()).isEqualTo(2);
        assertThat(Json.at(status, "status", "replicas").asInt()).isEqualTo(7);
        assertThat(Json.text(status, "metadata", "annotations", "deployment.kubernetes.io/revision"))
                .isEqualTo("1");
        assertThat(Json.at(status, "metadata", "labels").has("x")).isFalse();
    }

    @Test
    void one_owner_controls_and_one_that_is_there_twice_counts_once() {
        String owner = "{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u1','controller':true}";
        ObjectNode two =
                json("{'metadata':{'name':'a','ownerReferences':[" + owner + "," + owner.replace("u1", "u2") + "]}}");
        ObjectNode twice = json("{'metadata':{'name':'a','ownerReferences':[" + owner + "," + owner + "]}}");

        Failure failure = failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "default", two, ME));
        Warnings.begin();
        ObjectNode created = api.create(ResourceCatalog.CONFIG_MAPS, "default", twice, ME);

        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure).hasMessageContaining("Only one reference can have Controller set to true");
        assertThat(Json.at(created, "metadata", "ownerReferences").size()).isEqualTo(1);
        assertThat(Warnings.drain()).singleElement().asString().contains("duplicate");
    }

    @Test
    void pods_of_a_job_stay_when_its_deletion_says_nothing_of_them() {
        api.create(
                ResourceCatalog.JOBS,
                "default",
                json("{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':"
                        + "[{'name':'c','image':'x'}]}}}}"),
                ME);

        api.delete(ResourceCatalog.JOBS, "default", "j", DeleteOptions.DEFAULT);

        assertThat(Json.at(api.get(ResourceCatalog.JOBS, "default", "j"), "metadata", "finalizers")
                        .toString())
                .contains("orphan");
    }

    @Test
    void objects_are_what_a_deletion_of_these_kinds_is_answered_with() {
        api.create(ResourceCatalog.PODS, "default", pod("p"), ME);
        ResourceType services = ResourceCatalog.SERVICES;
        api.create(services, "default", json("{'metadata':{'name':'s'},'spec':{'ports':[{'port':1}]}}"), ME);

        assertThat(Json.text(api.delete(ResourceCatalog.PODS, "default", "p", DeleteOptions.DEFAULT), "kind"))
                .isEqualTo("Pod");
        assertThat(Json.text(api.delete(services, "default", "s", DeleteOptions.DEFAULT), "kind"))
                .isEqualTo("Service");
        assertThat(Json.text(
                        api.deleteCollection(
                                ResourceCatalog.CONFIG_MAPS, "default", ListOptions.ALL, DeleteOptions.DEFAULT),
                        "kind"))
                .isEqualTo("ConfigMapList");
    }

    @Test
    void a_token_is_given_to_who_asks_for_one() {
        ObjectNode token = api.post(
                ResourceCatalog.SERVICE_ACCOUNTS,
                "default",
                "default",
                "token",
                json("{'spec':{'audiences':['x']}}"),
                ME);

        assertThat(Json.text(token, "status", "token").split("\\.", -1)).hasSize(3);
        assertThat(Json.text(token, "status", "expirationTimestamp")).startsWith("2026-01-02T");
        assertThat(failure(() -> api.post(
                        ResourceCatalog.SERVICE_ACCOUNTS,
                        "default",
                        "default",
                        "token",
                        json("{'spec':{'expirationSeconds':5}}"),
                        ME)))
                .hasMessage("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value:"
                        + " 5: may not specify a duration less than 10 minutes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Pod|none|-|404|pods \"none\" not found",
                "Pod|p|other|409|Operation cannot be fulfilled on Pod \"p\": the UID in the bound object reference (other)"
                        + " does not match the UID in record. The object might have been deleted and then recreated",
                "ConfigMap|c|-|400|~cannot bind token to object of type /v1, Kind=ConfigMap~",
                "Pod|of-another|-|400|cannot bind token for serviceaccount \"default\" to pod running with different"
                        + " serviceaccount name."
            })
    void a_token_is_bound_to_an_object_that_is_there(String kind, String name, String uid, int code, String message) {
        api.create(ResourceCatalog.SERVICE_ACCOUNTS, "default", json("{'metadata':{'name':'another'}}"), ME);
        api.create(ResourceCatalog.PODS, "default", ApiTests.pod("p"), ME);
        ObjectNode other = ApiTests.pod("of-another");
        other.withObject("/spec").put("serviceAccountName", "another");
        api.create(ResourceCatalog.PODS, "default", other, ME);
        ObjectNode request = json("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'" + kind + "','name':'" + name
                + "'" + (uid.equals("-") ? "" : ",'uid':'" + uid + "'") + "}}}");

        Failure failure =
                failure(() -> api.post(ResourceCatalog.SERVICE_ACCOUNTS, "default", "default", "token", request, ME));

        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void pods_in_the_network_of_their_node_have_its_ports_and_templates_do_not_say_so() {
        String spec = "'spec':{'hostNetwork':true,"
                + "'containers':[{'name':'c','image':'x:1','ports':[{'containerPort':80}]}],"
                + "'initContainers':[{'name':'i','image':'x:1','ports':[{'containerPort':81}]}]}";
        ObjectNode pod = json("{'metadata':{'name':'p'}," + spec + "}");
        ObjectNode deployment = json("{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'}}," + spec + "}}}");

        ObjectNode created = api.create(ResourceCatalog.PODS, "default", pod, ME);
        assertThat(created.at("/spec/containers/0/ports/0/hostPort").asInt()).isEqualTo(80);
        assertThat(created.at("/spec/initContainers/0/ports/0/hostPort").asInt())
                .isEqualTo(81);
        ObjectNode stored = api.create(ResourceCatalog.DEPLOYMENTS, "default", deployment, ME);
        assertThat(stored.findValues("hostPort")).isEmpty();
    }

    @Test
    void keys_of_labels_are_part_of_the_selectors_of_a_new_pod() {
        ObjectNode pod = pod("p");
        Json.child(Json.child(pod, "metadata"), "labels").put("tier", "a").put("hash", "1");
        String term = "{'topologyKey':'k','labelSelector':{'matchLabels':{'app':'a'}},"
                + "'matchLabelKeys':['hash','none'],'mismatchLabelKeys':['tier']}";
        ObjectNode affinity =
                json("{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[" + term + "]}}");
        Json.child(pod, "spec").set("affinity", affinity);

        ObjectNode created = api.create(ResourceCatalog.PODS, "default", pod, ME);

        assertThat(created.path("spec").findValue("matchExpressions"))
                .hasToString("[{\"key\":\"hash\",\"operator\":\"In\",\"values\":[\"1\"]},"
                        + "{\"key\":\"tier\",\"operator\":\"NotIn\",\"values\":[\"a\"]}]");
    }

    @Test
    void a_token_is_bound_to_an_object_of_any_version_of_its_group() {
        api.create(ResourceCatalog.SECRETS, "default", json("{'metadata':{'name':'s'}}"), ME);
        ObjectNode request = json("{'spec':{'boundObjectRef':{'kind':'Secret','name':'s'}}}");

        ObjectNode token = api.post(ResourceCatalog.SERVICE_ACCOUNTS, "default", "default", "token", request, ME);

        assertThat(Json.text(token, "status", "token")).isNotEmpty();
        Json.child(Json.child(request, "spec"), "boundObjectRef").put("apiVersion", "apps/v1");
        Failure failure =
                failure(() -> api.post(ResourceCatalog.SERVICE_ACCOUNTS, "default", "default", "token", request, ME));
        assertThat(failure).hasMessage("cannot bind token to object of type apps/v1, Kind=Secret");
    }

    @Test
    void an_event_is_about_its_own_namespace_and_shows_who_reported_it() {
        ObjectNode event = api.create(
                ResourceCatalog.EVENTS,
                "default",
                json("{'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','namespace':'default'}}"),
                ME);

        assertThat(event.path("source").isObject()).isTrue();
        assertThat(event.path("reportingComponent").asText("absent")).isEmpty();
        assertThat(failure(() -> api.create(
                        ResourceCatalog.EVENTS,
                        "default",
                        json("{'metadata':{'name':'f'},'involvedObject':{'kind':'Pod','namespace':'other'}}"),
                        ME)))
                .hasMessage("Event \"f\" is invalid: involvedObject.namespace: Invalid value: \"other\": does not match"
                        + " event.namespace");
    }

    private void deployment() {
        api.create(
                ResourceCatalog.DEPLOYMENTS,
                "default",
                json("{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                        + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'x'}]}}}}"),
                ME);
    }

    private ObjectNode patch(String subresource, String patch) {
        return api.patch(ResourceCatalog.DEPLOYMENTS, "default", "d", subresource, PatchType.MERGE, json(patch), ME);
    }

    private static int generation(ObjectNode object) {
        return Json.at(object, "metadata", "generation").asInt();
    }
}
