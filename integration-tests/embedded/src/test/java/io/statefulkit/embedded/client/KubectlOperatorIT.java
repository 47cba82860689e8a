package io.statefulkit.embedded.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.client.Kubectl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with kubectl by hand: edit, follow, attach, look closer, drain; and what they are told when it cannot be. */
class KubectlOperatorIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String OBJECTS = """
        apiVersion: v1
        kind: Pod
        metadata: {name: sleeps}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: main
            image: busybox:1.37
            command: [sleep, '1000']
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: never}
        spec: {containers: [{name: main, image: 'no-such-image:1'}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: none}
        spec:
          serviceName: none
          replicas: 0
          selector: {matchLabels: {app: none}}
          template:
            metadata: {labels: {app: none}}
            spec: {containers: [{name: main, image: 'busybox:1.37'}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: none}
        spec: {clusterIP: None, selector: {app: none}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: none}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: none}
        spec:
          schedule: 0 0 1 1 *
          jobTemplate:
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: main, image: 'busybox:1.37'}]}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: none}
        spec: {rules: [{host: example.com}]}
        """;

    private static Kubectl kubectl;

    @TempDir
    Path directory;

    @BeforeAll
    static void deploy() {
        Assumptions.assumeTrue(Kubectl.isInstalled(), "kubectl is not installed");
        kubectl = new Kubectl(ClientCluster.get().kubeconfig(), "operator");
        kubectl.run("create", "namespace", "operator");
        kubectl.runWith(OBJECTS, "apply", "-f", "-");
        kubectl.run("wait", "--for=condition=Ready", "pod/sleeps", "--timeout=90s");
    }

    @Test
    void an_object_is_edited_in_an_editor() {
        kubectl.run("create", "configmap", "edited", "--from-literal=a=before");
        assertThat(kubectl.with("KUBE_EDITOR", "sed -i s/before/after/").run("edit", "configmap", "edited"))
                .isEqualTo("configmap/edited edited\n");
        assertThat(kubectl.run("get", "configmap", "edited", "-o", "jsonpath={.data.a}"))
                .isEqualTo("after");
        Result invalid =
                kubectl.with("KUBE_EDITOR", "sed -i s/replicas:/replicsa:/").call("", "edit", "statefulset", "none");
        assertThat(invalid.err()).contains("strict decoding error: unknown field \"spec.replicsa\"");
    }

    @Test
    void a_log_is_followed_while_somebody_types() throws Exception {
        String echo = "echo begun; while read line; do echo got $line; done";
        kubectl.run(
                "run",
                "typed",
                "-i",
                "--attach=false",
                "--restart=Never",
                "--image=busybox:1.37",
                "--",
                "sh",
                "-c",
                echo);
        kubectl.run("wait", "--for=condition=Ready", "pod/typed", "--timeout=90s");
        Path log = directory.resolve("log");
        Process follower = kubectl.start(log, "logs", "-f", "typed");
        await().atMost(LIMIT).until(() -> Files.readString(log).equals("begun\n"));
        assertThat(kubectl.runWith("hello\n", "attach", "-i", "typed")).contains("got hello\n");
        // The container ends with its input, and the log with the container.
        await().atMost(LIMIT).until(() -> !follower.isAlive());
        assertThat(log).hasContent("begun\ngot hello");
    }

    @Test
    void a_terminal_is_had_and_its_exit_code_told() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux is not installed");
        Path output = directory.resolve("terminal");
        Process terminal = kubectl.inTerminal(output, "exec", "-it", "sleeps", "--", "sh", "-c", "test -t 0 && exit 7");
        await().atMost(LIMIT).until(() -> !terminal.isAlive());
        assertThat(output).content().contains("command terminated with exit code 7");
        assertThat(terminal.exitValue()).isEqualTo(7);
    }

    @Test
    void kinds_are_described_and_explained() {
        assertThat(kubectl.run("describe", "statefulset,service,pvc,cronjob,ingress", "none"))
                .contains("0 desired | 0 total", "StorageClass:  local-path", "0 0 1 1 *", "Ingress Class:");
        assertThat(kubectl.run("describe", "pod", "sleeps"))
                .contains("State:", "Running", "kube-api-access-", "QoS Class:", "BestEffort", "Started");
        assertThat(kubectl.run("describe", "node")).contains("KubeletReady", "Allocatable:", "Non-terminated Pods:");
        assertThat(kubectl.run("describe", "configmap", "kube-root-ca.crt")).contains("BEGIN CERTIFICATE");
        assertThat(kubectl.run("explain", "statefulset.spec.volumeClaimTemplates.spec"))
                .contains("GROUP:      apps", "FIELD: spec <PersistentVolumeClaimSpec>", "storageClassName\t<string>");
        assertThat(kubectl.call("", "explain", "pod.spec.nothing").err()).contains("field \"nothing\" does not exist");
    }

    @Test
    void a_stream_that_cannot_be_had_is_told_as_kubernetes_tells_it() {
        Map<String, String> told = Map.of(
                "exec sleeps -c other -- true",
                        "Error from server (BadRequest): container other is not valid for pod sleeps",
                "exec never -- true",
                        "error: Internal error occurred: unable to upgrade connection: container not found (\"main\")",
                "attach never",
                        "error: Internal error occurred: unable to upgrade connection: container main not found in pod"
                                + " never_operator",
                "exec nobody -- true", "Error from server (NotFound): pods \"nobody\" not found",
                "logs never", "Error from server (BadRequest): container \"main\" in pod \"never\" is waiting to start",
                "port-forward pod/never :80", "error: unable to forward port because pod is not running",
                "top pod", "error: Metrics API not available",
                "debug sleeps --image=busybox:1.37 --profile=general -- true",
                        "error: ephemeral containers are disabled for this cluster");
        told.entrySet().parallelStream().forEach(each -> {
            Result result = kubectl.call("", each.getKey().split(" "));
            assertThat(result.err()).as(each.getKey()).contains(each.getValue());
            assertThat(result.code()).as(each.getKey()).isEqualTo(1);
        });
    }

    @Test
    void a_node_is_cordoned_drained_and_uncordoned() {
        String node = kubectl.run("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
        kubectl.run("create", "deployment", "waits", "--image=busybox:1.37", "--", "sleep", "1000");
        kubectl.run("wait", "--for=condition=Available", "deployment/waits", "--timeout=90s");
        try {
            assertThat(kubectl.run("cordon", node)).contains("cordoned");
            assertThat(kubectl.run("get", "node", node)).contains("Ready,SchedulingDisabled");
            assertThat(kubectl.run(
                            "drain", node, "--pod-selector=app=waits", "--force", "--grace-period=1", "--timeout=90s"))
                    .contains("evicted", "node/" + node + " drained");
            assertThat(kubectl.run(
                            "wait",
                            "--for=jsonpath={.status.conditions[0].reason}=Unschedulable",
                            "pod",
                            "-l",
                            "app=waits",
                            "--timeout=90s"))
                    .contains("condition met");
        } finally {
            kubectl.run("uncordon", node);
        }
        kubectl.run("wait", "--for=condition=Available", "deployment/waits", "--timeout=90s");
        kubectl.run("delete", "deployment", "waits", "--wait=false");
    }

    @Test
    void objects_are_replaced_set_and_watched() throws IOException {
        kubectl.run("create", "deployment", "set", "--image=busybox:1.37", "--replicas=0");
        Path seen = directory.resolve("seen");
        Process watch = kubectl.start(seen, "get", "deployment", "set", "-w", "-o", "jsonpath={.spec.paused} ");
        try {
            kubectl.run("set", "env", "deployment/set", "A=1", "B-");
            kubectl.run("set", "resources", "deployment/set", "--limits=cpu=1", "--requests=cpu=500m");
            kubectl.run("set", "serviceaccount", "deployment/set", "default");
            kubectl.run("rollout", "pause", "deployment/set");
            await().atMost(LIMIT).until(() -> Files.readString(seen).contains("true"));
        } finally {
            watch.destroy();
        }
        assertThat(kubectl.run(
                        "get",
                        "deploy",
                        "set",
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0]['env','resources']}"))
                .isEqualTo(
                        "[{\"name\":\"A\",\"value\":\"1\"}] {\"limits\":{\"cpu\":\"1\"},\"requests\":{\"cpu\":\"500m\"}}");
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: replaced}\ndata: {a: '%s'}\n";
        kubectl.runWith(map.formatted("1"), "create", "-f", "-");
        String before = kubectl.run("get", "configmap", "replaced", "-o", "jsonpath={.metadata.uid}");
        assertThat(kubectl.runWith(map.formatted("2"), "replace", "-f", "-")).contains("configmap/replaced replaced");
        assertThat(kubectl.runWith(map.formatted("3"), "replace", "--force", "-f", "-"))
                .contains("configmap \"replaced\" deleted", "configmap/replaced replaced");
        assertThat(kubectl.run("get", "configmap", "replaced", "-o", "jsonpath={.data.a} {.metadata.uid}"))
                .startsWith("3 ")
                .doesNotContain(before);
    }
}
