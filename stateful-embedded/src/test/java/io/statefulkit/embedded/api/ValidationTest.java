package io.statefulkit.embedded.api;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {

    private static final String CONTAINER = "'containers':[{'name':'c','image':'busybox:1'}]";

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'containers':[]}|spec.containers: Required value",
                "{'containers':[{'name':'A_b','image':'x'}]}|spec.containers[0].name: Invalid value: \"A_b\": a"
                        + " lowercase RFC 1123 label must consist",
                "{'containers':[{'name':'a','image':'x'},{'name':'a','image':'x'}]}"
                        + "|spec.containers[1].name: Duplicate value: \"a\"",
                "{'containers':[{'name':'a','image':'x','ports':[{'containerPort':70000}]}]}|spec.containers[0].ports[0].containerPort:"
                        + " Invalid value: 70000: must be between 1 and 65535, inclusive",
                "{'containers':[{'name':'a','image':'x','livenessProbe':{}}]}"
                        + "|spec.containers[0].livenessProbe: Required value: must specify a handler type",
                "{'containers':[{'name':'a','image':'x','livenessProbe':{'exec':{'command':['x']},'tcpSocket':{'port':1}}}]}|spec.containers[0].livenessProbe.tcpSocket:"
                        + " Forbidden: may not specify more than 1 handler type",
                "{'containers':[{'name':'a','image':'x','volumeMounts':[{'name':'v','mountPath':'/a'}]}]}"
                        + "|spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                "{'containers':[{'name':'a','image':'x'}],'volumes':[{'hostPath':{'path':'/x'}}]}"
                        + "|Pod \"p\" is invalid: spec.volumes[0].name: Required value",
                "{'containers':[{'name':'a','image':'x'}],'restartPolicy':'Sometimes'}"
                        + "|spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
                        + " \"OnFailure\", \"Never\"",
                "{'containers':[{'name':'a','image':'x'}],'initContainers':[{'name':'i','image':'x','livenessProbe':{'exec':{'command':['x']}}}]}|spec.initContainers[0].livenessProbe:"
                        + " Forbidden: may not be set for init containers without restartPolicy=Always",
                "{'containers':[{'name':'a','image':'x'}],'volumes':[{'name':'v','secret':{}}]}"
                        + "|spec.volumes[0].secret.secretName: Required value"
            })
    void pods(String spec, String expected) {
        ObjectNode pod = json("{'metadata':{'name':'p'},'spec':" + spec + "}");

        Failure failure = failure(() -> api.create(ResourceCatalog.PODS, "default", pod, ME));

        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure).hasMessageContaining("Pod \"p\" is invalid: ").hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'strategy':{'type':'Recreate','rollingUpdate':{'maxSurge':1}}|spec.strategy.rollingUpdate: Forbidden:"
                        + " may not be specified when strategy `type` is 'Recreate'",
                "'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':0}}|spec.strategy.rollingUpdate.maxUnavailable:"
                        + " Invalid value: 0: may not be 0 when `maxSurge` is 0",
                "'minReadySeconds':700|spec.progressDeadlineSeconds: Invalid value: 600: must be greater than"
                        + " minReadySeconds"
            })
    void deployments(String more, String expected) {
        ObjectNode deployment = json("{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':"
                + "{'metadata':{'labels':{'a':'b'}},'spec':{" + CONTAINER + "}}," + more + "}}");

        Failure failure = failure(() -> api.create(ResourceCatalog.DEPLOYMENTS, "default", deployment, ME));

        assertThat(failure).hasMessage("Deployment.apps \"d\" is invalid: " + expected);
    }

    @Test
    void the_selector_of_a_deployment_stays() {
        ObjectNode deployment = json("{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':"
                + "{'metadata':{'labels':{'a':'b','c':'d'}},'spec':{" + CONTAINER + "}}}}");
        api.create(ResourceCatalog.DEPLOYMENTS, "default", deployment, ME);

        Failure failure = failure(() -> api.patch(
                ResourceCatalog.DEPLOYMENTS,
                "default",
                "d",
                "",
                PatchType.MERGE,
                json("{'spec':{'selector':{'matchLabels':{'c':'d'}}}}"),
                ME));

        assertThat(failure)
                .hasMessage("Deployment.apps \"d\" is invalid: spec.selector: Invalid value:"
                        + " {\"matchLabels\":{\"a\":\"b\",\"c\":\"d\"}}: field is immutable");
    }

    @Test
    void immutable_data_stays() {
        api.create(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                json("{'metadata':{'name':'c'},'data':{'a':'1'},'immutable':true}"),
                ME);

        Failure failure = failure(() -> api.patch(
                ResourceCatalog.CONFIG_MAPS, "default", "c", "", PatchType.MERGE, json("{'data':{'a':'2'}}"), ME));

        assertThat(failure)
                .hasMessage("ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when `immutable` is set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'X'}]|spec.topologySpreadConstraints[0].whenUnsatisfiable:"
                        + " Unsupported value: \"X\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"",
                "'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':0,'podAffinityTerm':{'topologyKey':'z'}}]}}"
                        + "|spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight:"
                        + " Invalid value: 0: must be in the range 1-100",
                "'securityContext':{'runAsUser':-5}|spec.securityContext.runAsUser: Invalid value: -5: must be between"
                        + " 0 and 2147483647, inclusive",
                "'volumes':[{'name':'v','secret':{'secretName':'s','defaultMode':4096}}]|spec.volumes[0].secret.defaultMode:"
                        + " Invalid value: 4096: must be a number between 0 and 0777 (octal), both inclusive",
                "'volumes':[{'name':'v','hostPath':{'path':'/a/../b'}}]|spec.volumes[0].hostPath.path: Invalid value:"
                        + " \"/a/../b\": must not contain '..'",
                "'initContainers':[{'name':'i','image':'x','env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'spec.x'}}}]}]|spec.initContainers[0].env[0].valueFrom.fieldRef.fieldPath:"
                        + " Invalid value: \"spec.x\": error converting fieldPath: field label not supported: spec.x"
            })
    void what_a_pod_wants_has_to_make_sense(String wish, String expected) {
        ObjectNode pod = json("{'metadata':{'name':'p'},'spec':{" + wish + "," + CONTAINER + "}}");

        Failure failure = failure(() -> api.create(ResourceCatalog.PODS, "default", pod, ME));

        assertThat(failure).hasMessage("Pod \"p\" is invalid: " + expected);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        Failure failure = failure(() -> api.create(
                ResourceCatalog.CONFIG_MAPS,
                "default",
                json("{'metadata':{'name':'c','creationTimestamp':'bad'}}"),
                ME));

        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure)
                .hasMessage("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: parsing time \"bad\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"bad\" as \"2006\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'clusterIP':'10.0.0.1'|spec.clusterIPs: Invalid value: [\"10.0.0.1\"]: failed to allocate IP"
                        + " 10.0.0.1: the provided IP (10.0.0.1) is not in the valid range. The range of valid IPs is"
                        + " 127.96.0.0/16",
                "'clusterIP':'127.96.200.7'|spec.clusterIPs: Invalid value: [\"127.96.200.7\"]: failed to allocate IP"
                        + " 127.96.200.7: provided IP is already allocated",
                "'type':'NodePort','ports':[{'port':1,'nodePort':80}]|spec.ports[0].nodePort: Invalid value: 80:"
                        + " provided port is not in the valid range. The range of valid ports is 30000-32767",
                "'type':'NodePort','ports':[{'port':1,'nodePort':31234}]|spec.ports[0].nodePort: Invalid value: 31234:"
                        + " provided port is already allocated"
            })
    void addresses_and_ports_of_services_come_from_their_range_and_are_given_once(String spec, String expected) {
        api.create(
                ResourceCatalog.SERVICES,
                "default",
                json("{'metadata':{'name':'first'},'spec':{'type':'NodePort','clusterIP':'127.96.200.7',"
                        + "'ports':[{'port':1,'nodePort':31234}]}}"),
                ME);
        String ports = spec.contains("ports") ? "" : ",'ports':[{'port':1}]";

        Failure failure = failure(() -> api.create(
                ResourceCatalog.SERVICES,
                "default",
                json("{'metadata':{'name':'s'},'spec':{" + spec + ports + "}}"),
                ME));

        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure).hasMessage("Service \"s\" is invalid: " + expected);
    }

    @Test
    void the_address_of_a_service_stays() {
        api.create(
                ResourceCatalog.SERVICES,
                "default",
                json("{'metadata':{'name':'s'},'spec':{'clusterIP':'None','ports':[{'port':1}]}}"),
                ME);

        Failure failure = failure(() -> api.patch(
                ResourceCatalog.SERVICES,
                "default",
                "s",
                "",
                PatchType.MERGE,
                json("{'spec':{'clusterIP':'127.96.1.1'}}"),
                ME));

        assertThat(failure)
                .hasMessage(
                        "Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: [\"127.96.1.1\"]: may not change"
                                + " once set");
    }

    @Test
    void values_of_a_wrong_type_are_refused_with_their_place() {
        ObjectNode set = json("{'metadata':{'name':'s'},'spec':{'replicas':'three'}}");

        Failure failure = failure(() -> api.create(ResourceCatalog.STATEFUL_SETS, "default", set, ME));

        assertThat(failure)
                .hasMessage("StatefulSet in version \"v1\" cannot be handled as a StatefulSet: json: cannot unmarshal"
                        + " string into Go struct field StatefulSetSpec.spec.replicas of type int32");
    }

    @Test
    void unknown_fields_are_left_out_and_named_when_asked_for() {
        ObjectNode pod = json("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x','imge':'y'}]}}");
        WriteOptions strict = new WriteOptions("me", false, false, WriteOptions.Validation.STRICT);
        WriteOptions warn = new WriteOptions("me", false, false, WriteOptions.Validation.WARN);

        assertThat(failure(() -> api.create(ResourceCatalog.PODS, "default", pod, strict)))
                .hasMessage("Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field"
                        + " \"spec.containers[0].imge\"");
        Warnings.begin();
        ObjectNode created = api.create(ResourceCatalog.PODS, "default", pod, warn);
        assertThat(Warnings.drain()).containsExactly("unknown field \"spec.containers[0].imge\"");
        assertThat(Json.at(created, "spec", "containers").path(0).has("imge")).isFalse();
    }

    @Test
    void a_patch_that_spoils_an_object_is_to_blame_itself() {
        api.create(ResourceCatalog.CONFIG_MAPS, "default", ApiTests.configMap("c"), ME);

        Failure merged = failure(() -> patch(PatchType.STRATEGIC, "{'data':{'k':1}}"));
        Failure renamed = failure(() -> patch(PatchType.MERGE, "{'metadata':{'name':'d'}}"));

        assertThat(merged)
                .hasMessage(" \"\" is invalid: patch: Invalid value: \"map[data:map[k:1]]\": cannot convert int64 to"
                        + " string");
        assertThat(renamed).hasMessage("the name of the object (d) does not match the name on the URL (c)");
    }

    private void patch(PatchType type, String patch) {
        api.patch(ResourceCatalog.CONFIG_MAPS, "default", "c", "", type, json(patch), ME);
    }

    @Test
    void a_scale_below_zero_is_no_scale() {
        deployment();

        Failure failure = failure(() -> scale("{'spec':{'replicas':-1}}"));

        assertThat(failure)
                .hasMessage(
                        "Scale.autoscaling \"d\" is invalid: spec.replicas: Invalid value: -1: must be greater than or"
                                + " equal to 0");
    }

    @Test
    void a_scale_is_a_number_and_what_is_none_changes_nothing() {
        deployment();
        String text = "{'metadata':{'name':'d'},'spec':{'replicas':'3'}}";

        assertThat(failure(() -> api.update(ResourceCatalog.DEPLOYMENTS, "default", "d", "scale", json(text), ME)))
                .hasMessage(
                        "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal string into Go"
                                + " struct field ScaleSpec.spec.replicas of type int32");
        assertThat(failure(() -> scale("{'spec':{'replicas':1.5}}")).code()).isEqualTo(422);

        ObjectNode deployment = api.get(ResourceCatalog.DEPLOYMENTS, "default", "d");
        assertThat(Json.at(deployment, "spec", "replicas").asInt()).isOne();
        scale("{'spec':{'replicas':0}}");
        assertThat(Json.at(api.get(ResourceCatalog.DEPLOYMENTS, "default", "d"), "spec", "replicas")
                        .asInt(7))
                .isZero();
    }

    private void deployment() {
        api.create(
                ResourceCatalog.DEPLOYMENTS,
                "default",
                json("{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':"
                        + "{'metadata':{'labels':{'a':'b'}},'spec':{" + CONTAINER + "}}}}"),
                ME);
    }

    private void scale(String patch) {
        api.patch(ResourceCatalog.DEPLOYMENTS, "default", "d", "scale", PatchType.MERGE, json(patch), ME);
    }

    @Test
    void annotations_are_measured_in_bytes() {
        ObjectNode map = ApiTests.configMap("a");
        Json.child(Json.child(map, "metadata"), "annotations").put("note", "\u20ac".repeat(100_000));

        assertThat(failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "default", map, ME)))
                .hasMessage("ConfigMap \"a\" is invalid: metadata.annotations: Too long: may not be more than 262144"
                        + " bytes");
    }

    @Test
    void names_of_roles_may_have_colons_and_those_of_other_kinds_may_not() {
        String named = "{'metadata':{'name':'metrics-server:system:auth-delegator'}}";
        for (ResourceType type : List.of(ResourceCatalog.ROLES, ResourceCatalog.ROLE_BINDINGS)) {
            assertThat(Json.text(api.create(type, "default", json(named), ME), "metadata", "name"))
                    .contains(":");
        }
        api.create(ResourceCatalog.CLUSTER_ROLES, "", json(named), ME);
        api.create(ResourceCatalog.CLUSTER_ROLE_BINDINGS, "", json(named), ME);

        assertThat(failure(() -> api.create(ResourceCatalog.CONFIG_MAPS, "default", json(named), ME))
                        .code())
                .isEqualTo(422);
        assertThat(failure(() -> api.create(ResourceCatalog.ROLES, "default", json("{'metadata':{'name':'a%b'}}"), ME)))
                .hasMessage("Role.rbac.authorization.k8s.io \"a%b\" is invalid: metadata.name: Invalid value: \"a%b\":"
                        + " may not contain '%'");
    }

    @Test
    void applied_lists_need_keys_that_tell_their_elements_apart() {
        ObjectNode twice = json("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},'spec':{'containers':"
                + "[{'name':'c','image':'x'},{'name':'c','image':'y'}]}}");

        Failure failure =
                failure(() -> api.patch(ResourceCatalog.PODS, "default", "p", "", PatchType.APPLY, twice, ME));

        assertThat(failure)
                .hasMessage(
                        "failed to create typed patch object (/p; /v1, Kind=Pod): .spec.containers: duplicate entries"
                                + " for key [name=\"c\"]");
    }

    @Test
    void the_priority_of_a_pod_is_that_of_its_class() {
        api.create(ResourceCatalog.PRIORITY_CLASSES, "", json("{'metadata':{'name':'high'},'value':1000}"), ME);
        ObjectNode pod = ApiTests.pod("p");
        Json.child(pod, "spec").put("priorityClassName", "high");
        ObjectNode lost = ApiTests.pod("q");
        Json.child(lost, "spec").put("priorityClassName", "none");

        ObjectNode created = api.create(ResourceCatalog.PODS, "default", pod, ME);

        assertThat(Json.at(created, "spec", "priority").asInt()).isEqualTo(1000);
        assertThat(failure(() -> api.create(ResourceCatalog.PODS, "default", lost, ME)))
                .hasMessage("pods \"q\" is forbidden: no PriorityClass with name none was found");
    }

    @Test
    void a_pod_does_not_choose_its_priority_itself() {
        ObjectNode pod = ApiTests.pod("p");
        Json.child(pod, "spec").put("priority", 5);

        assertThat(failure(() -> api.create(ResourceCatalog.PODS, "default", pod, ME)))
                .hasMessage(
                        "pods \"p\" is forbidden: the integer value of priority (5) must not be provided in pod spec;"
                                + " priority admission controller computed 0 from the given PriorityClass name");
    }
}
