package io.statefulkit.embedded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.client.Kubectl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with workloads through kubectl, on one deployment. */
class KubectlWorkloadsIT {

    private static final String WEB = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: a
                image: busybox:1.37
                command: [sh, -c, "echo a1; echo a2; trap 'exit 0' TERM; sleep 1000 & wait"]
                volumeMounts: [{name: scratch, mountPath: /scratch}]
              - name: b
                image: busybox:1.37
                command: [sh, -c, "echo b1; trap 'exit 0' TERM; sleep 1000 & wait"]
              volumes: [{name: scratch, emptyDir: {}}]
        """;

    private static Kubectl kubectl;

    @TempDir
    Path directory;

    @BeforeAll
    static void deploy() {
        Assumptions.assumeTrue(Kubectl.isInstalled(), "kubectl is not installed");
        kubectl = new Kubectl(ClientCluster.get().kubeconfig(), "workloads");
        // A binary body: kubectl creates namespaces so.
        assertThat(kubectl.run("create", "namespace", "workloads")).contains("namespace/workloads created");
        assertThat(kubectl.runWith(WEB, "apply", "-f", "-")).contains("deployment.apps/web created");
        kubectl.run("rollout", "status", "deployment/web", "--timeout=90s");
    }

    @Test
    void every_form_of_output_is_given() {
        assertThat(kubectl.run("get", "deployment", "web", "-o", "wide"))
                .contains("CONTAINERS", "a,b", "busybox:1.37,busybox:1.37", "app=web");
        assertThat(kubectl.run("get", "deployment", "web", "-o", "yaml")).contains("kind: Deployment");
        assertThat(kubectl.run("get", "deployment", "web", "-o", "json")).contains("\"kind\": \"Deployment\"");
        assertThat(kubectl.run(
                        "get", "deploy", "-o", "custom-columns=N:.metadata.name,R:.spec.template.spec.dnsPolicy"))
                .containsPattern("web +ClusterFirst");
        assertThat(kubectl.run(
                        "get", "pods", "-A", "-l", "app=web", "--field-selector=status.phase=Running", "-o", "name"))
                .contains("pod/web-");
        assertThat(kubectl.run("get", "pods", "-l", "app in (other)", "-o", "name"))
                .isEmpty();
        assertThat(kubectl.run("describe", "deployment", "web"))
                .contains("2 desired | 2 updated | 2 total | 2 available", "ScalingReplicaSet");
        assertThat(kubectl.run("events")).contains("ScalingReplicaSet", "Scheduled");
        assertThat(kubectl.run("get", "events", "--field-selector=reason=ScalingReplicaSet"))
                .contains("deployment/web");
    }

    @Test
    void logs_of_several_containers_and_pods_are_read() {
        assertThat(kubectl.run("logs", "-l", "app=web", "--all-containers", "--prefix"))
                .contains("/a] a1", "/a] a2", "/b] b1");
        assertThat(kubectl.run("logs", "deploy/web", "-c", "a", "--tail=1")).endsWith("a2\n");
        assertThat(kubectl.run("logs", "deploy/web", "-c", "b", "--since=1h", "--timestamps"))
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT\\S+Z b1");
        assertThat(kubectl.call("", "logs", "deploy/web", "-c", "nope").err())
                .contains("container nope is not valid for pod");
        assertThat(kubectl.call("", "logs", pod(), "-c", "a", "--previous").err())
                .contains("previous terminated container \"a\" in pod");
    }

    @Test
    void files_are_copied_both_ways() throws IOException {
        Path file = Files.writeString(directory.resolve("sent"), "copied\n");
        String pod = pod();

        kubectl.run("cp", file.toString(), pod + ":/scratch/there", "-c", "a");
        assertThat(kubectl.run("exec", pod, "-c", "a", "--", "cat", "/scratch/there"))
                .isEqualTo("copied\n");

        Path back = directory.resolve("back");
        kubectl.run("cp", pod + ":/scratch/there", back.toString(), "-c", "a");
        assertThat(back).hasContent("copied");
    }

    @Test
    void commands_run_with_input_and_say_how_they_end() {
        Result both = kubectl.call("", "exec", pod(), "-c", "a", "--", "sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(both.out()).isEqualTo("out\n");
        assertThat(both.err()).contains("err\n", "exit code 3");
        assertThat(both.code()).isEqualTo(3);
        assertThat(kubectl.runWith("sent\n", "exec", "-i", "deploy/web", "-c", "b", "--", "cat"))
                .isEqualTo("sent\n");
    }

    @Test
    void a_pod_is_run_with_input_and_attached_to() {
        assertThat(kubectl.runWith(
                        "typed\n",
                        "run",
                        "typed",
                        "-i",
                        "--rm",
                        "--quiet",
                        "--restart=Never",
                        "--image=busybox:1.37",
                        "--",
                        "cat"))
                .contains("typed\n");
        kubectl.run("run", "waits", "-i", "--attach=false", "--restart=Never", "--image=busybox:1.37", "--", "cat");
        kubectl.run("wait", "--for=condition=Ready", "pod/waits", "--timeout=90s");
        assertThat(kubectl.runWith("attached\n", "attach", "-i", "waits")).contains("attached\n");
        kubectl.run("delete", "pod", "waits", "--force");
    }

    @Test
    void a_deployment_is_rolled_paused_undone_and_scaled() {
        kubectl.runWith(WEB.replace("name: web", "name: roll").replace("app: web", "app: roll"), "apply", "-f", "-");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=90s");
        kubectl.run("set", "image", "deployment/roll", "a=busybox:1.36");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=90s");
        assertThat(kubectl.run("rollout", "history", "deployment/roll")).contains("REVISION", "1 ", "2 ");
        kubectl.run("rollout", "undo", "deployment/roll");
        kubectl.run("rollout", "status", "deployment/roll", "--timeout=90s");
        assertThat(kubectl.run("get", "deploy", "roll", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("busybox:1.37");
        kubectl.run("rollout", "pause", "deployment/roll");
        assertThat(kubectl.call("", "rollout", "restart", "deployment/roll").err())
                .contains("paused");
        kubectl.run("rollout", "resume", "deployment/roll");
        kubectl.run("scale", "deployment/roll", "--replicas=1");
        kubectl.run("wait", "--for=jsonpath={.status.readyReplicas}=1", "deployment/roll", "--timeout=90s");
        kubectl.run("wait", "--for=condition=Available", "deployment/roll", "--timeout=90s");
        assertThat(kubectl.run("expose", "deployment", "roll", "--port=80")).contains("service/roll exposed");
        kubectl.run("delete", "deployment", "roll", "--cascade=orphan");
        assertThat(kubectl.run("get", "rs", "-l", "app=roll", "-o", "name")).contains("replicaset.apps/roll-");
        kubectl.run("delete", "rs", "-l", "app=roll");
        kubectl.run("wait", "--for=delete", "pod", "-l", "app=roll", "--timeout=90s");
    }

    private static String pod() {
        return kubectl.run("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].metadata.name}");
    }
}
