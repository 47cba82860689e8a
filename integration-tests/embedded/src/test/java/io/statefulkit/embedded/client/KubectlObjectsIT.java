package io.statefulkit.embedded.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do with plain objects through kubectl, its generators with their binary bodies among them. */
class KubectlObjectsIT {

    private static final String MAP = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, labels: {group: '1'}}
        data: {a: '%s'}
        """;

    private static Kubectl kubectl;

    @BeforeAll
    static void create() {
        Assumptions.assumeTrue(Kubectl.isInstalled(), "kubectl is not installed");
        kubectl = new Kubectl(ClientCluster.get().kubeconfig(), "objects");
        kubectl.run("create", "namespace", "objects");
    }

    @Test
    void everything_that_kubectl_generates_is_created() {
        kubectl.run("create", "configmap", "made", "--from-literal=k=v");
        kubectl.run("create", "secret", "generic", "made", "--from-literal=k=v");
        kubectl.run("create", "serviceaccount", "made");
        kubectl.run("create", "deployment", "made", "--image=busybox:1.37", "--replicas=0");
        kubectl.run("create", "job", "made", "--image=busybox:1.37", "--", "true");
        kubectl.run("create", "cronjob", "made", "--image=busybox:1.37", "--schedule=0 0 1 1 *", "--", "true");
        kubectl.run("create", "role", "made", "--verb=get", "--resource=pods");
        kubectl.run("create", "rolebinding", "made", "--role=made", "--serviceaccount=objects:made");
        kubectl.run("create", "poddisruptionbudget", "made", "--selector=app=made", "--min-available=50%");
        kubectl.run("create", "service", "clusterip", "made", "--tcp=80:8080");
        assertThat(kubectl.run("create", "token", "made")).contains(".");
        assertThat(kubectl.run("get", "secret", "made", "-o", "jsonpath={.data.k}"))
                .isEqualTo("dg==");
        assertThat(kubectl.run("get", "pdb", "made", "-o", "jsonpath={.spec.minAvailable}"))
                .isEqualTo("50%");
        assertThat(kubectl.run("get", "cronjob", "made", "-o", "jsonpath={.spec.jobTemplate.spec.template.spec}"))
                .contains("\"command\":[\"true\"]", "\"restartPolicy\":\"OnFailure\"");
        assertThat(kubectl.run("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
        assertThat(kubectl.run("auth", "whoami")).contains("system:masters");
    }

    @Test
    void objects_are_applied_by_client_and_server_compared_and_pruned() {
        assertThat(apply("one", "1")).contains("configmap/one created");
        assertThat(apply("two", "1")).contains("configmap/two created");
        assertThat(kubectl.call(MAP.formatted("one", "2"), "diff", "-f", "-").out())
                .contains("-  a: \"1\"", "+  a: \"2\"");
        assertThat(kubectl.runWith(MAP.formatted("one", "2"), "apply", "--dry-run=server", "-f", "-"))
                .contains("configured (server dry run)");
        assertThat(apply("one", "1")).contains("unchanged");
        kubectl.run("patch", "configmap", "one", "--type=merge", "-p", "{\"data\":{\"a\":\"9\"}}");
        assertThat(kubectl.call(MAP.formatted("one", "3"), "apply", "--server-side", "-f", "-")
                        .err())
                .contains("Apply failed with 1 conflict", ".data.a", "kubectl-patch");
        assertThat(kubectl.runWith(MAP.formatted("one", "3"), "apply", "--server-side", "--force-conflicts", "-f", "-"))
                .contains("configmap/one serverside-applied");
        kubectl.runWith(
                MAP.formatted("one", "4"),
                "apply",
                "-f",
                "-",
                "--prune",
                "-l",
                "group=1",
                "--prune-allowlist=core/v1/ConfigMap");
        assertThat(kubectl.run("get", "configmap", "-l", "group=1", "-o", "name")
                        .lines())
                .isEqualTo(List.of("configmap/one").stream().toList());
    }

    @Test
    void objects_are_patched_in_three_ways_labelled_and_annotated() {
        kubectl.run("create", "configmap", "p", "--from-literal=a=1");
        kubectl.run("patch", "configmap", "p", "-p", "{\"data\":{\"b\":\"2\"}}");
        kubectl.run("patch", "configmap", "p", "--type=merge", "-p", "{\"data\":{\"a\":null}}");
        kubectl.run(
                "patch",
                "configmap",
                "p",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/data/c\",\"value\":\"3\"}]");
        assertThat(kubectl.run("get", "configmap", "p", "-o", "jsonpath={.data}"))
                .isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        kubectl.run("label", "configmap", "p", "k=v");
        assertThat(kubectl.call("", "label", "configmap", "p", "k=w").err()).contains("already has a value (v)");
        kubectl.run("annotate", "configmap", "p", "n=1");
        kubectl.run("annotate", "configmap", "p", "n=2", "--overwrite");
        kubectl.run("label", "configmap", "p", "k-");
        assertThat(kubectl.run("get", "configmap", "p", "-o", "jsonpath={.metadata.labels}{.metadata.annotations}"))
                .isEqualTo("{\"n\":\"2\"}");
        assertThat(kubectl.call("", "patch", "configmap", "p", "-p", "{\"data\":{\"b\":{}}}")
                        .code())
                .isNotZero();
        assertThat(kubectl.run("get", "configmap", "p", "-w", "--request-timeout=1s", "-o", "name"))
                .contains("configmap/p");
        kubectl.run("delete", "configmap", "p", "--wait=true");
        assertThat(kubectl.call("", "get", "configmap", "p").err())
                .isEqualTo("Error from server (NotFound): configmaps \"p\" not found\n");
    }

    @Test
    void a_mistake_is_told_as_kubernetes_tells_it() {
        String wrong = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndta: {}\n";
        assertThat(kubectl.call(wrong, "create", "-f", "-").err())
                .contains("strict decoding error: unknown field \"dta\"");
        assertThat(kubectl.call("", "create", "configmap", "Bad_Name").err())
                .contains("ConfigMap \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\"");
        assertThat(kubectl.call("", "delete", "namespace", "kube-system").err()).contains("may not be deleted");
    }

    @Test
    void what_is_served_is_listed() {
        assertThat(kubectl.run("api-versions")).contains("apps/v1", "batch/v1", "policy/v1");
        assertThat(kubectl.run("cluster-info")).contains("Kubernetes control plane", "is running at");
        assertThat(kubectl.run("get", "--raw", "/readyz")).isEqualTo("ok");
    }

    private static String apply(String name, String value) {
        return kubectl.runWith(MAP.formatted(name, value), "apply", "-f", "-");
    }
}
