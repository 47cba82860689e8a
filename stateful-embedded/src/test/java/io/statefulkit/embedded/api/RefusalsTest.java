package io.statefulkit.embedded.api;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.server.StoreApi;
import java.time.Clock;
import java.util.stream.Stream;
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

    @Test
    void a_suspended_job_may_ask_for_other_resources() {
        api.create(
                ResourceCatalog.JOBS,
                "default",
                json("{'metadata':{'name':'j'},'spec':{'suspend':true,'template':{'spec':{'restartPolicy':'Never',"
                        + "'containers':[{'name':'c','image':'x:1'}]}}}}"),
                ME);
        String more = "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'%s',"
                + "'resources':{'requests':{'cpu':'2'}}}]}}}}";
        assertThat(patch(more.formatted("x:1"))
                        .at("/spec/template/spec/containers/0/resources/requests/cpu")
                        .asText())
                .isEqualTo("2");
        assertThat(failure(() -> patch(more.formatted("x:2")))).hasMessageContaining("field is immutable");
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
                "statefulsets|'currentReplicas':-1|status.currentReplicas: Invalid value: -1: must be greater than or equal to"
                        + " 0",
                "replicasets|'replicas':-1|[status.replicas: Invalid value: -1: must be greater than or equal to 0,"
                        + " status.fullyLabeledReplicas: Invalid value: 0: cannot be greater than status.replicas,"
                        + " status.readyReplicas: Invalid value: 0: cannot be greater than status.replicas,"
                        + " status.availableReplicas: Invalid value: 0: cannot be greater than status.replicas]",
                "statefulsets|'replicas':1,'currentReplicas':2|status.currentReplicas: Invalid value: 2: cannot be greater"
                        + " than status.replicas",
                "statefulsets|'replicas':2,'readyReplicas':1,'availableReplicas':2|status.availableReplicas: Invalid value: 2:"
                        + " cannot be greater than status.readyReplicas",
                "deployments|'replicas':1,'readyReplicas':2|status.readyReplicas: Invalid value: 2: cannot be greater than"
                        + " status.replicas",
                "deployments|'replicas':2,'availableReplicas':1|status.availableReplicas: Invalid value: 1: cannot be greater"
                        + " than readyReplicas",
                "replicasets|'replicas':1,'fullyLabeledReplicas':2|status.fullyLabeledReplicas: Invalid value: 2: cannot be"
                        + " greater than status.replicas"
            })
    void counts_of_pods(String plural, String counts, String expected) {
        ResourceType type = new ResourceCatalog().find("apps", "v1", plural).orElseThrow();
        api.create(type, "default", json("{'metadata':{'name':'w'},'spec':{" + WORKLOAD + "}}"), ME);

        Failure failure = failure(() ->
                api.patch(type, "default", "w", "status", PatchType.MERGE, json("{'status':{" + counts + "}}"), ME));

        assertThat(failure).hasMessage(type.kind() + ".apps \"w\" is invalid: " + expected);
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
                "'type':'ClusterIP','ports':[{'port':80,'nodePort':30080}]|spec.ports[0].nodePort: Forbidden: may not"
                        + " be used when `type` is 'ClusterIP'",
                "'ports':[{'port':80}],'clusterIP':'127.96.0.9','clusterIPs':['127.96.0.8']|spec.clusterIPs: Invalid"
                        + " value: ['127.96.0.8']: first value must match `clusterIP`",
                "'ports':[{'port':80}],'clusterIPs':['127.96.0.8']|spec.clusterIPs: Invalid value: ['127.96.0.8']:"
                        + " must be empty when `clusterIP` is not specified",
                "'type':'NodePort','clusterIP':'None','ports':[{'port':80}]|spec.clusterIPs[0]: Invalid value: 'None':"
                        + " may not be set to 'None' for NodePort services",
                "'ports':[{'port':80}],'externalTrafficPolicy':'Local'|spec.externalTrafficPolicy: Invalid value:"
                        + " 'Local': may only be set for externally-accessible services",
                "'ports':[{'port':0},{'port':1}],'sessionAffinity':'X'|[spec.ports[0].name: Required value,"
                        + " spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive,"
                        + " spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive,"
                        + " spec.ports[1].name: Required value, spec.sessionAffinity: Unsupported value: 'X': supported"
                        + " values: 'ClientIP', 'None']",
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
                "dockercfg|data[.dockercfg]: Required value",
                "dockerconfigjson','data':{'.dockerconfigjson':'eA=='},'x':'|data[.dockerconfigjson]: Invalid value:"
                        + " '<secret contents redacted>': invalid character 'x' looking for beginning of value"
            })
    void secrets(String kind, String expected) {
        assertThat(refusal(
                        ResourceCatalog.SECRETS,
                        "default",
                        "{'metadata':{'name':'s'},'type':'kubernetes.io/" + kind + "'}"))
                .isEqualTo("Secret 's' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "LoadBalancer|'type':'ClusterIP'|nodePort allocateLoadBalancerNodePorts externalTrafficPolicy",
                "LoadBalancer|'type':'NodePort'|allocateLoadBalancerNodePorts",
                "NodePort|'type':'ClusterIP'|nodePort externalTrafficPolicy",
                "ClusterIP|'type':'ExternalName','externalName':'a.b'|clusterIP clusterIPs ipFamilies ipFamilyPolicy"
            })
    void a_service_that_changes_its_type_loses_what_only_the_old_type_has(String from, String change, String lost) {
        ObjectNode service =
                json("{'metadata':{'name':'s'},'spec':{'type':'" + from + "','ports':[{'name':'a','port':1}]}}");
        String before = api.create(ResourceCatalog.SERVICES, "default", service, ME)
                .get("spec")
                .toString();
        String after = api.patch(
                        ResourceCatalog.SERVICES,
                        "default",
                        "s",
                        "",
                        PatchType.MERGE,
                        json("{'spec':{" + change + "}}"),
                        ME)
                .get("spec")
                .toString();
        Stream<String> fields = Stream.of(
                        "nodePort",
                        "allocateLoadBalancerNodePorts",
                        "externalTrafficPolicy",
                        "clusterIP",
                        "clusterIPs",
                        "ipFamilies",
                        "ipFamilyPolicy")
                .filter(field -> before.contains('"' + field + '"') && !after.contains('"' + field + '"'));
        assertThat(fields).containsExactly(lost.split(" "));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'a.b','image':'x'|spec.containers[0].name: Invalid value: 'a.b': must not contain dots",
                "'name':'c','image':' x'|spec.containers[0].image: Invalid value: ' x': must not have leading or"
                        + " trailing whitespace",
                "'name':'c','image':'x','terminationMessagePolicy':'X'|spec.containers[0].terminationMessagePolicy:"
                        + " Unsupported value: 'X': supported values: 'File', 'FallbackToLogsOnError'",
                "'name':'c','image':'x','envFrom':[{}]|spec.containers[0].envFrom: Invalid value: '': must specify one"
                        + " of: `configMapRef` or `secretRef`",
                "'name':'c','image':'x','env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'status.phase'}}}]|spec.containers[0].env[0].valueFrom.fieldRef.fieldPath:"
                        + " Unsupported value: 'status.phase': supported values: 'metadata.name', 'metadata.namespace',"
                        + " 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs',"
                        + " 'status.podIP', 'status.podIPs'",
                "'name':'c','image':'x','resources':{'requests':{'foo':'1'}}|[spec.containers[0].resources.requests[foo]:"
                        + " Invalid value: 'foo': must be a standard resource type or fully qualified,"
                        + " spec.containers[0].resources.requests[foo]: Invalid value: 'foo': must be a standard resource"
                        + " for containers]",
                "'name':'c','image':'x','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}|spec.containers[0].resources.requests:"
                        + " Invalid value: '2': must be less than or equal to cpu limit of 1",
                "'name':'c','image':'x','volumeMounts':[{'name':'v','mountPath':'/a','subPath':'/b'}]|spec.containers[0].volumeMounts.subPath:"
                        + " Invalid value: '/b': must be a relative path",
                "'name':'c','image':'x','lifecycle':{'preStop':{'sleep':{'seconds':60}}}|spec.containers[0].lifecycle.preStop.sleep:"
                        + " Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)",
                "'name':'c','image':'x','readinessProbe':{'exec':{'command':['x']},'terminationGracePeriodSeconds':5}|spec.containers[0].readinessProbe.terminationGracePeriodSeconds:"
                        + " Invalid value: 5: must not be set for readinessProbes",
                "'name':'c','image':'x','ports':[{'containerPort':1,'hostPort':9},{'containerPort':2,'hostPort':9}]|spec.containers[0].ports[1].hostPort:"
                        + " Duplicate value: 'TCP//9'",
                "'name':'c','image':'x','securityContext':{'runAsUser':-1}|spec.containers[0].securityContext.runAsUser:"
                        + " Invalid value: -1: must be between 0 and 2147483647, inclusive"
            })
    void containers(String container, String expected) {
        assertThat(refusal(
                        ResourceCatalog.PODS,
                        "default",
                        "{'metadata':{'name':'p'},'spec':{'volumes':[{'name':'v'}],'containers':[{" + container
                                + "}]}}"))
                .isEqualTo("Pod 'p' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'tolerations':[{'key':'a','operator':'Exists','value':'b'}]|spec.tolerations[0].operator: Invalid"
                        + " value: 'b': value must be empty when `operator` is 'Exists'",
                "'tolerations':[{'key':'a','effect':'X'}]|spec.tolerations[0].effect: Unsupported value: 'X': supported"
                        + " values: 'NoSchedule', 'PreferNoSchedule', 'NoExecute'",
                "'tolerations':[{'key':'a','effect':'NoSchedule','tolerationSeconds':1}]|spec.tolerations[0].effect:"
                        + " Invalid value: 'NoSchedule': effect must be 'NoExecute' when `tolerationSeconds` is set",
                "'dnsPolicy':'X'|spec.dnsPolicy: Unsupported value: 'X': supported values: 'ClusterFirstWithHostNet',"
                        + " 'ClusterFirst', 'Default', 'None'",
                "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}|spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms:"
                        + " Required value: must have at least one node selector term",
                "'volumes':[{'name':'v','emptyDir':{'sizeLimit':'-1'}}]|spec.volumes[0].emptyDir.sizeLimit: Forbidden:"
                        + " SizeLimit field must be a valid resource quantity",
                "'volumes':[{'name':'v','configMap':{'name':'m','items':[{'key':'k','path':'../x'}]}}]|spec.volumes[0].configMap.items[0].path:"
                        + " Invalid value: '../x': must not contain '..'",
                "'volumes':[{'name':'v','secret':{'secretName':'s'},'emptyDir':{}}]|spec.volumes[0].secret: Forbidden:"
                        + " may not specify more than 1 volume type",
                "'volumes':[{'name':'v','ephemeral':{}}]|spec.volumes[0].ephemeral.volumeClaimTemplate: Required value",
                "'volumes':[{'name':'v','ephemeral':{'volumeClaimTemplate':{'spec':{'accessModes':['ReadWriteOnce']}}}}]|"
                        + "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value",
                "'volumes':[{'name':'v','ephemeral':{'volumeClaimTemplate':{'metadata':{'name':'n','labels':{'a':'b'}},"
                        + "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Mi'}}}}}}]|"
                        + "spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set",
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'k','whenUnsatisfiable':'DoNotSchedule','matchLabelKeys':['a']}]|"
                        + "spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when"
                        + " labelSelector is not set",
                "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'k',"
                        + "'labelSelector':{},'matchLabelKeys':['a'],'mismatchLabelKeys':['a']}]}}|"
                        + "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]:"
                        + " Invalid value: 'a': exists in both matchLabelKeys and mismatchLabelKeys",
                "'hostname':'a.b'|spec.hostname: Invalid value: 'a.b': must not contain dots"
            })
    void pods(String more, String expected) {
        assertThat(refusal(
                        ResourceCatalog.PODS,
                        "default",
                        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x:1'}]," + more + "}}"))
                .isEqualTo("Pod 'p' is invalid: " + expected);
    }

    @Test
    void a_key_of_labels_and_the_selector_cannot_both_say_which_pods_are_meant() {
        String pod = "{'metadata':{'name':'p','labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'x:1'}],"
                + "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'k','whenUnsatisfiable':'DoNotSchedule',"
                + "'labelSelector':{'matchLabels':{'a':'b'}},'matchLabelKeys':['a']}]}}";

        assertThat(refusal(ResourceCatalog.PODS, "default", pod))
                .isEqualTo("Pod 'p' is invalid: spec.topologySpreadConstraints[0][0]: Invalid value: 'a': exists in"
                        + " both matchLabelKeys and labelSelector");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'spec':{'containers':[{'name':'c','image':'x:1'},{'name':'d','image':'x:1'}]}}|spec.containers:"
                        + " Forbidden: pod updates may not add or remove containers",
                "{'spec':{'activeDeadlineSeconds':200}}|spec.activeDeadlineSeconds: Invalid value: 200: must be less"
                        + " than or equal to previous value",
                "{'spec':{'activeDeadlineSeconds':null}}|spec.activeDeadlineSeconds: Invalid value: null: must not"
                        + " update from a positive integer to nil value",
                "{'spec':{'tolerations':[]}}|spec.tolerations: Forbidden: existing toleration can not be modified"
                        + " except its tolerationSeconds",
                "{'spec':{'hostname':'h'}}|spec: Forbidden: pod updates may not change fields other than"
                        + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                        + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be"
                        + " set to 1 if it was previously negative)"
            })
    void changes_of_pods(String patch, String expected) {
        api.create(
                ResourceCatalog.PODS,
                "default",
                json("{'metadata':{'name':'p'},'spec':{'activeDeadlineSeconds':100,'containers':[{'name':'c','image':"
                        + "'x:1'}]}}"),
                ME);
        assertThat(change(ResourceCatalog.PODS, "default", "p", patch)).isEqualTo("Pod 'p' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'completionMode':'X'|spec.completionMode: Unsupported value: 'X': supported values: 'NonIndexed',"
                        + " 'Indexed'",
                "'backoffLimitPerIndex':1|spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion"
                        + " mode",
                "'podReplacementPolicy':'X'|spec.podReplacementPolicy: Unsupported value: 'X': supported values:"
                        + " 'Failed', 'TerminatingOrFailed'",
                "'podFailurePolicy':{'rules':[{'action':'Ignore'}]}|spec.podFailurePolicy.rules[0]: Invalid value:"
                        + " specifying one of OnExitCodes and OnPodConditions is required",
                "'selector':{'matchLabels':{'a':'b'}}|[spec.selector: Invalid value:"
                        + " {'matchLabels':{'a':'b','batch.kubernetes.io/controller-uid':'<uid>'}}: `selector` not"
                        + " auto-generated, spec.template.metadata.labels: Invalid value:"
                        + " {'batch.kubernetes.io/controller-uid':'<uid>','batch.kubernetes.io/job-name':'j','controller-uid':'<uid>','job-name':'j'}:"
                        + " `selector` does not match template `labels`]"
            })
    void jobs(String more, String expected) {
        String refusal = refusal(
                ResourceCatalog.JOBS,
                "default",
                "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':"
                        + "'c','image':'x:1'}]}}," + more + "}}");
        assertThat(refusal.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>"))
                .isEqualTo("Job.batch 'j' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'schedule':'TZ=UTC * * * * *'|spec.schedule: Invalid value: 'TZ=UTC * * * * *': cannot use TZ or"
                        + " CRON_TZ in schedule, use timeZone field instead",
                "'schedule':'* * * * *','timeZone':'Local'|spec.timeZone: Invalid value: 'Local': timeZone must be an"
                        + " explicit time zone as defined in https://www.iana.org/time-zones",
                "'schedule':'* * * * *','timeZone':'Mars/North'|spec.timeZone: Invalid value: 'Mars/North': unknown"
                        + " time zone Mars/North",
                "'schedule':'* * * * *','concurrencyPolicy':'X','failedJobsHistoryLimit':-1|[spec.concurrencyPolicy:"
                        + " Unsupported value: 'X': supported values: 'Allow', 'Forbid', 'Replace',"
                        + " spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0]"
            })
    void cron_jobs(String spec, String expected) {
        assertThat(refusal(
                        ResourceCatalog.CRON_JOBS,
                        "default",
                        "{'metadata':{'name':'c'},'spec':{" + spec + ",'jobTemplate':{'spec':{'template':{'spec':{"
                                + "'restartPolicy':'Never','containers':[{'name':'c','image':'x:1'}]}}}}}}"))
                .isEqualTo("CronJob.batch 'c' is invalid: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'type':'X'|spec.limits[0].type: Invalid value: 'X': must be a standard limit type or fully qualified",
                "'type':'Pod','default':{'cpu':'1'}|spec.limits[0].default: Forbidden: may not be specified when"
                        + " `type` is 'Pod'",
                "'type':'PersistentVolumeClaim'|spec.limits[0].limits: Required value: either minimum or maximum"
                        + " storage value is required, but neither was provided",
                "'type':'Pod','min':{'cpu':'2'},'max':{'cpu':'1'}|spec.limits[0].min[cpu]: Invalid value: '2': min"
                        + " value 2 is greater than max value 1",
                "'type':'Container','default':{'cpu':'2'},'max':{'cpu':'1'},'defaultRequest':{'cpu':'1'}|spec.limits[0].default[cpu]:"
                        + " Invalid value: '1': default value 2 is greater than max value 1",
                "'type':'Pod','maxLimitRequestRatio':{'cpu':'500m'}|spec.limits[0].maxLimitRequestRatio[cpu]: Invalid"
                        + " value: '500m': ratio 500m is less than 1"
            })
    void limit_ranges(String limit, String expected) {
        assertThat(refusal(
                        ResourceCatalog.LIMIT_RANGES,
                        "default",
                        "{'metadata':{'name':'l'},'spec':{'limits':[{" + limit + "}]}}"))
                .isEqualTo("LimitRange 'l' is invalid: " + expected);
    }

    @Test
    void a_volume_keeps_its_source_and_a_waiting_claim_its_size() {
        api.create(
                ResourceCatalog.PERSISTENT_VOLUMES,
                "",
                json("{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                        + "'hostPath':{'path':'/x'}}}"),
                ME);
        assertThat(change(ResourceCatalog.PERSISTENT_VOLUMES, "", "v", "{'spec':{'hostPath':{'path':'/y'}}}"))
                .isEqualTo("""
                    PersistentVolume 'v' is invalid: spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation
                    @@ -2,7 +2,7 @@
                      'GCEPersistentDisk': null,
                      'AWSElasticBlockStore': null,
                      'HostPath': {
                    -  'Path': '/x',
                    +  'Path': '/y',
                       'Type': ''
                      },
                      'Glusterfs': null,
                    """);
        api.create(
                ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                "default",
                json("{'metadata':{'name':'c'},'spec':{'storageClassName':'','accessModes':['ReadWriteOnce'],"
                        + "'resources':{'requests':{'storage':'1Gi'}}}}"),
                ME);
        assertThat(change(
                        ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                        "default",
                        "c",
                        "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}"))
                .contains("spec: Forbidden: spec is immutable after creation except resources.requests")
                .contains("-   'storage': '1Gi'\n+   'storage': '2Gi'\n");
    }

    @Test
    void metadata() {
        assertThat(refusal(
                        ResourceCatalog.CONFIG_MAPS,
                        "default",
                        "{'metadata':{'name':'m','ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p'}],"
                                + "'finalizers':['orphan','foregroundDeletion','mine']}}"))
                .isEqualTo("ConfigMap 'm' is invalid: [metadata.ownerReferences.uid: Invalid value: '': uid must not"
                        + " be empty, metadata.finalizers: Invalid value:"
                        + " ['orphan','foregroundDeletion','mine']: finalizer orphan and foregroundDeletion"
                        + " cannot be both set, metadata.finalizers[2]: Invalid value: 'mine': name is neither"
                        + " a standard finalizer name nor is it fully qualified]");
    }

    private String change(ResourceType type, String namespace, String name, String patch) {
        Failure failure = failure(() -> api.patch(type, namespace, name, "", PatchType.MERGE, json(patch), ME));
        return String.valueOf(failure.getMessage()).replace('"', '\'');
    }

    private ObjectNode patch(String patch) {
        return api.patch(ResourceCatalog.JOBS, "default", "j", "", PatchType.MERGE, json(patch), ME);
    }

    @Test
    void a_slice_has_addresses_of_one_type_for_good() {
        ResourceType slices = ResourceCatalog.ENDPOINT_SLICES;
        assertThat(refusal(slices, "default", "{'metadata':{'name':'s'}}"))
                .isEqualTo("EndpointSlice.discovery.k8s.io 's' is invalid: addressType: Required value");
        assertThat(refusal(slices, "default", "{'metadata':{'name':'s'},'addressType':'IP'}"))
                .isEqualTo("EndpointSlice.discovery.k8s.io 's' is invalid: addressType: Unsupported value: 'IP':"
                        + " supported values: 'FQDN', 'IPv4', 'IPv6'");
        api.create(slices, "default", json("{'metadata':{'name':'s'},'addressType':'IPv4'}"), ME);

        Failure failure = failure(
                () -> api.patch(slices, "default", "s", "", PatchType.MERGE, json("{'addressType':'IPv6'}"), ME));

        assertThat(failure)
                .hasMessage("EndpointSlice.discovery.k8s.io \"s\" is invalid: addressType: Invalid value: \"IPv6\":"
                        + " field is immutable");
    }

    private String refusal(ResourceType type, String namespace, String body) {
        Failure failure = failure(() -> api.create(type, namespace, json(body), ME));
        assertThat(failure.code()).isEqualTo(422);
        return String.valueOf(failure.getMessage()).replace('"', '\'');
    }
}
