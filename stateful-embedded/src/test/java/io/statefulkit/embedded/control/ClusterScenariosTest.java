package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.CONFIG_MAPS;
import static io.statefulkit.embedded.api.ResourceCatalog.EVENTS;
import static io.statefulkit.embedded.api.ResourceCatalog.NAMESPACES;
import static io.statefulkit.embedded.api.ResourceCatalog.NODES;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.POD_DISRUPTION_BUDGETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void pod(String name, String more) {
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, labels: {app: p}}
            spec:
              containers: [{name: app, image: "busybox:1.37"}]
            %s
            """.formatted(name, more.indent(2)));
    }

    private String node(String pod) {
        return cluster.get(PODS, pod).spec().path("nodeName").asText("");
    }

    @Test
    void a_deleted_namespace_empties_pods_first_and_then_goes() {
        pod("p", "");
        cluster.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}");
        cluster.until("runs", () -> cluster.get(PODS, "p").is("Ready"));
        cluster.node.holdTerminations();

        cluster.delete(NAMESPACES, TestCluster.NAMESPACE);
        cluster.until("pod is ending", () -> cluster.get(PODS, "p").deleting());
        cluster.until(
                "says why", () -> cluster.get(NAMESPACES, TestCluster.NAMESPACE).is("NamespaceContentRemaining"));
        assertThat(cluster.find(CONFIG_MAPS, "c")).isPresent();

        cluster.node.terminate();
        cluster.until(
                "gone", () -> cluster.find(NAMESPACES, TestCluster.NAMESPACE).isEmpty());
        assertThat(cluster.names(CONFIG_MAPS)).isEmpty();
    }

    @Test
    void an_event_goes_an_hour_after_it_was_written_last() {
        event("counted");
        event("once");
        cluster.time.advance(Duration.ofMinutes(40));
        cluster.patch(EVENTS, "counted", "{count: 2}");

        cluster.untilAfter(
                Duration.ofMinutes(21), "gone", () -> !cluster.names(EVENTS).contains("once"));
        assertThat(cluster.names(EVENTS)).contains("counted");
        cluster.untilAfter(
                Duration.ofMinutes(40), "gone", () -> !cluster.names(EVENTS).contains("counted"));
    }

    private void event(String name) {
        cluster.create("{apiVersion: v1, kind: Event, metadata: {name: %s}, reason: R,".formatted(name)
                + " involvedObject: {kind: ConfigMap, namespace: test, name: c}}");
    }

    @Test
    void a_cordoned_node_gets_no_pods() {
        cluster.patch(NODES, "node-1", "{spec: {unschedulable: true}}");
        pod("p", "");
        cluster.until(
                "says why",
                () -> cluster.get(PODS, "p")
                        .condition("PodScheduled")
                        .path("message")
                        .asText()
                        .startsWith(
                                "0/1 nodes are available: 1 node(s) were unschedulable. no new claims to deallocate,"
                                        + " preemption: 0/1 nodes"));

        cluster.patch(NODES, "node-1", "{spec: {unschedulable: null}}");

        cluster.until("runs", () -> cluster.get(PODS, "p").is("Ready"));
        cluster.untilEvent("Pod", "p", "Scheduled: Successfully assigned test/p to node-1");
    }

    @Test
    void pods_spread_over_nodes_and_respect_selectors_and_taints() {
        try (FakeNode second = new FakeNode(cluster.api, cluster.time, "node-2")) {
            cluster.patch(NODES, "node-2", "{spec: {taints: [{key: disk, value: slow, effect: NoSchedule}]}}");
            pod("a", "");
            pod("b", "");
            cluster.until(
                    "run",
                    () -> cluster.get(PODS, "a").is("Ready")
                            && cluster.get(PODS, "b").is("Ready"));
            assertThat(node("a")).isEqualTo("node-1");
            assertThat(node("b")).isEqualTo("node-1");

            pod("c", "tolerations: [{key: disk, operator: Equal, value: slow}]");
            cluster.until("c runs", () -> cluster.get(PODS, "c").is("Ready"));
            assertThat(node("c")).isEqualTo("node-2");

            pod("d", "nodeSelector: {kubernetes.io/hostname: nowhere}");
            cluster.until(
                    "d waits",
                    () -> cluster.get(PODS, "d")
                            .condition("PodScheduled")
                            .path("message")
                            .asText()
                            .contains("2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector"));
            second.holdTerminations();
        }
    }

    @Test
    void a_dependent_with_a_living_owner_only_loses_the_dead_one() {
        Resource dead = cluster.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: dead}}");
        Resource alive = cluster.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: alive}}");
        cluster.create("""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: child
              ownerReferences:
              - {apiVersion: v1, kind: ConfigMap, name: dead, uid: %s}
              - {apiVersion: v1, kind: ConfigMap, name: alive, uid: %s}
            """.formatted(dead.uid(), alive.uid()));

        cluster.delete(CONFIG_MAPS, "dead");
        cluster.until(
                "one owner", () -> cluster.get(CONFIG_MAPS, "child").owners().size() == 1);
        cluster.delete(CONFIG_MAPS, "alive");

        cluster.until("gone", () -> cluster.find(CONFIG_MAPS, "child").isEmpty());
    }

    @Test
    void an_owner_that_never_was_is_a_dead_owner() {
        cluster.create("""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: child
              ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: nobody, uid: 1-2-3}]
            """);

        cluster.until("gone", () -> cluster.find(CONFIG_MAPS, "child").isEmpty());
    }

    @Test
    void a_budget_counts_how_many_pods_may_go() {
        cluster.create("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: budget}
            spec: {minAvailable: 1, selector: {matchLabels: {app: p}}}
            """);
        cluster.untilEvent("PodDisruptionBudget", "budget", "NoPods: No matching pods found");
        pod("a", "");
        cluster.until("none", () -> status("currentHealthy") == 1 && status("disruptionsAllowed") == 0);

        pod("b", "");

        cluster.until("one", () -> status("disruptionsAllowed") == 1);
        assertThat(status("expectedPods")).isEqualTo(2);
        assertThat(status("desiredHealthy")).isEqualTo(1);
        assertThat(cluster.get(POD_DISRUPTION_BUDGETS, "budget").is("DisruptionAllowed"))
                .isTrue();
    }

    @Test
    void a_pod_under_several_budgets_is_told_of() {
        for (String name : new String[] {"one", "two"}) {
            cluster.create("""
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: %s}
                spec: {minAvailable: 1, selector: {matchLabels: {app: p}}}
                """.formatted(name));
            cluster.untilEvent("PodDisruptionBudget", name, "NoPods");
        }

        pod("a", "");

        cluster.untilEvent(
                "Pod",
                "a",
                "MultiplePodDisruptionBudgets: Pod \"test\"/\"a\" matches multiple PodDisruptionBudgets.  Chose \"one\""
                        + " arbitrarily.");
    }

    @Test
    void a_budget_whose_pods_nobody_can_count_lets_none_go() {
        cluster.create("""
            apiVersion: batch/v1
            kind: Job
            metadata: {name: work}
            spec:
              template:
                metadata: {labels: {app: p}}
                spec: {restartPolicy: Never, containers: [{name: app, image: "busybox:1.37"}]}
            """);
        cluster.until("runs", () -> cluster.list(PODS).stream().anyMatch(pod -> pod.is("Ready")));

        cluster.create("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: budget}
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: p}}}
            """);

        cluster.untilEvent(
                "PodDisruptionBudget",
                "budget",
                "CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: jobs.batch does not"
                        + " implement the scale subresource");
        cluster.until("says so", () -> {
            var condition = cluster.get(POD_DISRUPTION_BUDGETS, "budget").condition("DisruptionAllowed");
            return condition.path("reason").asText().equals("SyncFailed")
                    && condition.path("status").asText().equals("False");
        });
        assertThat(status("disruptionsAllowed")).isZero();
    }

    @Test
    void a_budget_in_parts_says_when_it_has_pods_that_stand_alone() {
        pod("a", "");
        cluster.create("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: budget}
            spec:
              minAvailable: 50%
              selector: {matchLabels: {app: p}, matchExpressions: [{key: app, operator: In, values: [p, q]}]}
            """);

        cluster.untilEvent(
                "PodDisruptionBudget",
                "budget",
                "UnmanagedPods: Pods selected by this PodDisruptionBudget (selector:"
                        + " &LabelSelector{MatchLabels:map[string]string{app:"
                        + " p,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:app,Operator:In,Values:[p"
                        + " q],},},}) were found to be unmanaged.");
        cluster.until("counted", () -> status("expectedPods") == 0 && status("currentHealthy") == 1);
    }

    @Test
    void a_pod_that_has_to_leave_its_node_says_why() {
        pod("p", "");
        cluster.until("runs", () -> cluster.get(PODS, "p").is("Ready"));
        cluster.node.holdTerminations();

        cluster.patch(NODES, "node-1", "{spec: {taints: [{key: disk, value: broken, effect: NoExecute}]}}");

        cluster.until("leaves", () -> cluster.get(PODS, "p").deleting());
        assertThat(cluster.get(PODS, "p")
                        .condition("DisruptionTarget")
                        .path("reason")
                        .asText())
                .isEqualTo("DeletionByTaintManager");
        cluster.untilEvent("Pod", "p", "TaintManagerEviction: Marking for deletion Pod test/p");
        cluster.node.terminate();
    }

    private int status(String field) {
        return cluster.get(POD_DISRUPTION_BUDGETS, "budget")
                .status()
                .path(field)
                .asInt(-1);
    }
}
