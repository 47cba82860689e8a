package io.statefulkit.embedded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KubectlIT {

    private static final String WEB = """
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {clusterIP: None, selector: {app: db}, ports: [{name: main, port: 5432}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          replicas: 1
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: app
                image: busybox:1.37
                command: [sh, -c, "echo ready $HOSTNAME; trap 'exit 0' TERM; sleep 1000 & wait"]
                volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
        """;

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(Kubectl.isInstalled(), "kubectl is not installed");
        cluster = ClientCluster.get();
    }

    @Test
    void a_stateful_set_is_applied_shown_and_operated() {
        Kubectl kubectl = namespace("operated");
        assertThat(kubectl.runWith(WEB, "apply", "-f", "-")).contains("statefulset.apps/db created");
        assertThat(kubectl.runWith(WEB, "apply", "-f", "-")).contains("service/db unchanged");
        kubectl.run("rollout", "status", "statefulset/db", "--timeout=90s");
        assertThat(kubectl.run("get", "pods,sts,pvc,svc", "-o", "wide"))
                .contains("pod/db-0", "1/1", "Running", "data-db-0", "Bound", "busybox:1.37");
        assertThat(kubectl.run("describe", "pod", "db-0")).contains("Successfully assigned", "data-db-0");
        assertThat(kubectl.run("logs", "db-0")).isEqualTo("ready db-0\n");
        assertThat(kubectl.run("logs", "db-0", "--tail=1", "--timestamps")).contains("Z ready db-0");

        kubectl.run("exec", "db-0", "--", "sh", "-c", "echo kept > /data/file");
        assertThat(kubectl.call("", "exec", "db-0", "--", "sh", "-c", "exit 7").code())
                .isEqualTo(7);
        kubectl.run("delete", "pod", "db-0");
        kubectl.run("rollout", "status", "statefulset/db", "--timeout=90s");
        assertThat(kubectl.run("exec", "db-0", "--", "cat", "/data/file")).isEqualTo("kept\n");
        assertThat(kubectl.runWith("sent\n", "exec", "-i", "db-0", "--", "cat")).isEqualTo("sent\n");
    }

    @Test
    void a_rollout_is_restarted_and_looked_back_at() {
        Kubectl kubectl = namespace("rolled");
        kubectl.runWith(WEB, "apply", "-f", "-");
        kubectl.run("rollout", "status", "statefulset/db", "--timeout=90s");
        kubectl.run("rollout", "restart", "statefulset/db");
        kubectl.run("rollout", "status", "statefulset/db", "--timeout=90s");
        assertThat(kubectl.run("rollout", "history", "statefulset/db")).contains("1", "2");
        kubectl.run("rollout", "undo", "statefulset/db");
        kubectl.run("rollout", "status", "statefulset/db", "--timeout=90s");
        kubectl.run("scale", "statefulset/db", "--replicas=0");
        kubectl.run("wait", "--for=jsonpath={.status.replicas}=0", "statefulset/db", "--timeout=90s");
        assertThat(kubectl.run("get", "sts", "db", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("0");
    }

    @Test
    void objects_are_changed_labelled_and_deleted() {
        Kubectl kubectl = namespace("changed");
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {a: '1'}\n";
        assertThat(kubectl.runWith(map, "create", "-f", "-")).contains("configmap/m created");
        kubectl.run("patch", "configmap", "m", "-p", "{\"data\":{\"a\":\"2\"}}");
        kubectl.run("label", "configmap", "m", "k=v");
        assertThat(kubectl.run("get", "configmap", "-l", "k=v", "-o", "jsonpath={.items[0].data.a}"))
                .isEqualTo("2");
        assertThat(kubectl.call(map, "create", "-f", "-").err()).contains("already exists");
        kubectl.run("delete", "configmap", "m");
        assertThat(kubectl.call("", "get", "configmap", "m").err()).contains("\"m\" not found");
    }

    @Test
    void what_the_cluster_serves_can_be_asked_for() {
        Kubectl kubectl = new Kubectl(cluster.kubeconfig(), "default");
        assertThat(kubectl.run("api-resources")).contains("statefulsets", "sts", "apps/v1");
        assertThat(kubectl.run("version")).contains("Server Version");
        assertThat(kubectl.run("get", "nodes")).contains("Ready");
        assertThat(kubectl.run("get", "all", "-A")).contains("service/kubernetes");
        assertThat(kubectl.run("explain", "events", "--api-version=events.k8s.io/v1"))
                .contains("regarding", "note");
        String event = """
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: told}
            reason: Told
            type: Normal
            action: Tell
            note: a note
            eventTime: '2026-01-02T03:04:05.000006Z'
            reportingController: me/it
            reportingInstance: me-1
            regarding: {kind: Pod, namespace: default, name: db-0}
            """;
        kubectl.runWith(event, "apply", "-f", "-");
        assertThat(kubectl.run("get", "events.events.k8s.io")).contains("Told", "pod/db-0", "a note");
        assertThat(kubectl.run("get", "event", "told", "-o", "jsonpath={.message}"))
                .isEqualTo("a note");
    }

    private static Kubectl namespace(String name) {
        Kubectl kubectl = new Kubectl(cluster.kubeconfig(), name);
        kubectl.runWith("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}\n", "apply", "-f", "-");
        return kubectl;
    }
}
