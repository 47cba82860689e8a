package io.statefulkit.embedded.api;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.server.StoreApi;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole message of a refusal, with the values as an API server shows them. */
class RefusalsTest {

    private static final String POD =
            "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'x:1'}]}}";
    private static final String WORKLOAD = "'selector':{'matchLabels':{'a':'b'}},'template':" + POD;

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
                "statefulsets|'updateStrategy':{'type':'Foo'}|spec.updateStrategy: Invalid value:"
                        + " {'Type':'Foo','RollingUpdate':null}: must be 'RollingUpdate' or 'OnDelete'",
                "statefulsets|'updateStrategy':{'type':'OnDelete','rollingUpdate':{'partition':1}}|spec.updateStrategy.rollingUpdate:"
                        + " Invalid value: {'Partition':1,'MaxUnavailable':null}: only allowed for updateStrategy"
                        + " 'RollingUpdate'",
                "deployments|'strategy':{'type':'Weird'}|spec.strategy: Unsupported value:"
                        + " {'Type':'Weird','RollingUpdate':null}: supported values: 'Recreate', 'RollingUpdate'",
                "deployments|'strategy':{'rollingUpdate':{'maxUnavailable':'150%'}}|spec.strategy.rollingUpdate.maxUnavailable:"
                        + " Invalid value: '150%': must not be greater than 100%"
            })
    void workloads(String plural, String more, String expected) {
        ResourceType type = plural.equals("deployments") ? ResourceCatalog.DEPLOYMENTS : ResourceCatalog.STATEFUL_SETS;
        assertThat(refusal(type, "default", "{'metadata':{'name':'w'},'spec':{" + WORKLOAD + "," + more + "}}"))
                .isEqualTo(type.kind() + ".apps 'w' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'minAvailable':1,'maxUnavailable':1|spec: Invalid value:"
                        + " {'MinAvailable':1,'Selector':null,'MaxUnavailable':1,'UnhealthyPodEvictionPolicy':null}:"
                        + " minAvailable and maxUnavailable cannot be both set",
                "'minAvailable':'abc'|spec.minAvailable: Invalid value: 'abc': a valid percent string must be a"
                        + " numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is"
                        + " '[0-9]+%')",
                "'minAvailable':'200%'|spec.minAvailable: Invalid value: '200%': must not be greater than 100%",
                "'unhealthyPodEvictionPolicy':'X'|spec.unhealthyPodEvictionPolicy: Unsupported value: 'X': supported"
                        + " values: 'AlwaysAllow', 'IfHealthyBudget'"
            })
    void disruption_budgets(String spec, String expected) {
        assertThat(refusal(
                        ResourceCatalog.POD_DISRUPTION_BUDGETS,
                        "default",
                        "{'metadata':{'name':'b'},'spec':{" + spec + "}}"))
                .isEqualTo("PodDisruptionBudget.policy 'b' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'capacity':{'cpu':'1'}|spec.capacity: Unsupported value: {'cpu':'1'}: supported values: 'storage'",
                "'capacity':{'storage':'0'}|spec.capacity[storage]: Invalid value: '0': must be greater than zero",
                "'volumeMode':'Y'|spec.volumeMode: Unsupported value: 'Y': supported values: 'Block', 'Filesystem'",
                "'hostPath':{'path':'/a/../b'}|spec.hostPath.path: Invalid value: '/a/../b': must not contain '..'",
                "'hostPath':{'path':'/'},'persistentVolumeReclaimPolicy':'Recycle'|spec.persistentVolumeReclaimPolicy:"
                        + " Forbidden: may not be 'recycle' for a hostPath mount of '/'",
                "'accessModes':['ReadWriteOnce','ReadWriteOncePod']|spec.accessModes: Forbidden: may not use"
                        + " ReadWriteOncePod with other access modes"
            })
    void volumes(String more, String expected) {
        ObjectNode volume = json("{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':"
                + "['ReadWriteOnce'],'hostPath':{'path':'/x'}}}");
        json("{" + more + "}")
                .properties()
                .forEach(field -> volume.withObject("/spec").set(field.getKey(), field.getValue()));
        assertThat(refusal(ResourceCatalog.PERSISTENT_VOLUMES, "", volume.toString()))
                .isEqualTo("PersistentVolume 'v' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'ports':[{'port':80,'name':'a'},{'port':80,'name':'b'}]|spec.ports[1]: Duplicate value:"
                        + " {'Name':'','Protocol':'TCP','AppProtocol':null,'Port':80,'TargetPort':0,'NodePort':0}",
                "'ports':[{'port':80}],'clusterIP':'300.1.1.1'|spec.clusterIPs[0]: Invalid value: '300.1.1.1': must be"
                        + " a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
            })
    void services(String spec, String expected) {
        assertThat(refusal(ResourceCatalog.SERVICES, "default", "{'metadata':{'name':'s'},'spec':{" + spec + "}}"))
                .isEqualTo("Service 's' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "basic-auth|[data[username]: Required value, data[password]: Required value]",
                "service-account-token|metadata.annotations[kubernetes.io/service-account.name]: Required value",
                "dockercfg|data[.dockercfg]: Required value"
            })
    void secrets(String kind, String expected) {
        assertThat(refusal(
                        ResourceCatalog.SECRETS,
                        "default",
                        "{'metadata':{'name':'s'},'type':'kubernetes.io/" + kind + "'}"))
                .isEqualTo("Secret 's' is invalid: " + expected);
    }

    @Test
    void an_indexed_job_grows_with_its_parallelism_only() {
        api.create(
                ResourceCatalog.JOBS,
                "default",
                json(
                        "{'metadata':{'name':'j'},'spec':{'completionMode':'Indexed','completions':2,'parallelism':2,'suspend':true,"
                                + "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'x:1'}]}}}}"),
                ME);
        assertThat(failure(() -> patch("{'spec':{'completions':3}}")))
                .hasMessageEndingWith(
                        "spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism");
        assertThat(patch("{'spec':{'completions':3,'parallelism':3}}")
                        .at("/spec/completions")
                        .asInt())
                .isEqualTo(3);
    }

    private ObjectNode patch(String patch) {
        return api.patch(ResourceCatalog.JOBS, "default", "j", "", PatchType.MERGE, json(patch), ME);
    }

    private String refusal(ResourceType type, String namespace, String body) {
        Failure failure = failure(() -> api.create(type, namespace, json(body), ME));
        assertThat(failure.code()).isEqualTo(422);
        return String.valueOf(failure.getMessage()).replace('"', '\'');
    }
}
