package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.NODES;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.control.FakeNode.Fate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulingScenariosTest {

    private final TestCluster cluster = new TestCluster();
    private final FakeNode second = new FakeNode(cluster.api, cluster.time, "node-2");

    @BeforeEach
    void sizeAndPlaceNodes() {
        for (String name : new String[] {"node-1", "node-2"}) {
            cluster.patch(NODES, name, "{metadata: {labels: {zone: zone-" + name + "}}}");
            cluster.api.edit(
                    NODES,
                    "",
                    name,
                    "status",
                    node -> {
                        node.withObject("/status/allocatable").put("cpu", "2").put("memory", "1Gi");
                        return node;
                    },
                    WriteOptions.by("test"));
        }
    }

    @AfterEach
    void close() {
        second.close();
        cluster.close();
    }

    @Test
    void what_is_requested_has_to_fit() {
        pod("a", "requests: {cpu: 1500m}", "");
        pod("b", "requests: {cpu: 1500m}", "");
        awaitReady("a", "b");
        pod("c", "requests: {cpu: 1, memory: 100Mi}", "");

        awaitMessage(
                "c",
                "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are"
                        + " available: 2 No preemption victims found for incoming pod.");
        cluster.untilEvent("Pod", "c", "FailedScheduling: 0/2 nodes are available: 2 Insufficient cpu.");

        cluster.delete(PODS, "a");
        awaitReady("c");
    }

    @Test
    void what_no_node_has_is_no_matter_of_preemption() {
        pod("a", "requests: {cpu: '3', memory: 2Gi}", "");

        awaitMessage(
                "a",
                "0/2 nodes are available: 2 Insufficient cpu, 2 Insufficient memory. no new claims to deallocate,"
                        + " preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.");
    }

    @Test
    void a_pod_that_ended_makes_room() {
        cluster.node.decide(pod -> pod.name().equals("a") ? Fate.RUNS : Fate.RUNS_AND_IS_READY);
        cluster.patch(NODES, "node-2", "{spec: {unschedulable: true}}");
        pod("a", "requests: {cpu: 2}", "restartPolicy: Never");
        cluster.until("a is placed", () -> !node("a").isEmpty());
        pod("b", "requests: {cpu: 2}", "");
        awaitMessage(
                "b",
                "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. no new claims to"
                        + " deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming"
                        + " pod, 1 Preemption is not helpful for scheduling.");

        cluster.node.decide(pod -> pod.name().equals("a") ? Fate.SUCCEEDS : Fate.RUNS_AND_IS_READY);

        awaitReady("b");
    }

    @Test
    void anti_affinity_holds_in_both_directions() {
        String away =
                "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone,"
                        + " labelSelector: {matchLabels: {app: p}}}]}}";
        pod("a", "", away);
        pod("b", "", away);
        awaitReady("a", "b");
        assertThat(node("a")).isNotEqualTo(node("b"));

        pod("c", "", away);
        awaitMessage(
                "c",
                "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules. no new claims to deallocate,"
                        + " preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.");
        pod("d", "", "");
        awaitMessage(
                "d",
                "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules. no new claims to"
                        + " deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming"
                        + " pod.");
    }

    @Test
    void pods_stay_near_those_that_they_want_to_be_near() {
        pod("a", "", "nodeSelector: {zone: zone-node-2}");
        awaitReady("a");
        pod(
                "b",
                "",
                "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone,"
                        + " labelSelector: {matchLabels: {app: p}}}]}}");
        awaitReady("b");
        assertThat(node("b")).isEqualTo("node-2");

        pod(
                "c",
                "",
                "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone,"
                        + " labelSelector: {matchLabels: {app: other}}}]}}");
        awaitMessage(
                "c",
                "0/2 nodes are available: 2 node(s) didn't match pod affinity rules. no new claims to deallocate,"
                        + " preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.");

        pod("d", "", "nodeSelector: {zone: zone-node-1}", "other");
        awaitReady("d", "c");
        assertThat(node("c")).isEqualTo("node-1");
    }

    @Test
    void pods_spread_evenly_by_a_label() {
        String spread =
                "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: %s, labelSelector:"
                        + " {matchLabels: {app: p}}}]";
        pod("a", "", spread.formatted("ScheduleAnyway"));
        awaitReady("a");
        pod("b", "", spread.formatted("ScheduleAnyway"));
        awaitReady("b");
        assertThat(node("a")).isNotEqualTo(node("b"));

        cluster.patch(NODES, "node-1", "{spec: {unschedulable: true}}");
        pod("c", "", spread.formatted("DoNotSchedule"));
        awaitReady("c");
        pod("d", "", spread.formatted("DoNotSchedule"));
        awaitMessage(
                "d",
                "0/2 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) were"
                        + " unschedulable. no new claims to deallocate, preemption: 0/2 nodes are available: 1 No"
                        + " preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.");
    }

    @Test
    void a_zone_that_pods_cannot_go_to_does_not_keep_them_from_others() {
        String there = "nodeSelector: {zone: zone-node-2}\ntopologySpreadConstraints: [{maxSkew: 1, topologyKey: zone,"
                + " whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: p}}}]";
        pod("a", "", there);
        pod("b", "", there);
        pod("c", "", there);

        awaitReady("a", "b", "c");
    }

    @Test
    void a_zone_too_few_counts_as_one_without_pods() {
        String spread = "topologySpreadConstraints: [{maxSkew: 1, minDomains: 3, topologyKey: zone,"
                + " whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: p}}}]";
        pod("a", "", spread);
        pod("b", "", spread);
        awaitReady("a", "b");
        pod("c", "", spread);

        awaitMessage(
                "c",
                "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints. no new claims to"
                        + " deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming"
                        + " pod.");
    }

    @Test
    void pods_of_another_revision_are_not_spread_with_these() {
        String spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, matchLabelKeys: [app],"
                + " whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]";
        pod("old", "", "nodeSelector: {zone: zone-node-1}", "v1");
        awaitReady("old");
        pod("a", "", spread, "v2");
        pod("b", "", spread, "v2");
        awaitReady("a", "b");

        assertThat(node("a")).isNotEqualTo(node("b"));
    }

    @Test
    void a_port_of_a_node_is_for_one_pod() {
        String first = "ports: [{containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1}]";
        String every = "ports: [{containerPort: 80, hostPort: 8080}]";
        portPod("a", first, "nodeSelector: {zone: zone-node-1}");
        portPod("b", every, "");
        awaitReady("a", "b");
        assertThat(node("b")).isEqualTo("node-2");
        portPod("other-address", first.replace("127.0.0.1", "127.0.0.2"), "nodeSelector: {zone: zone-node-1}");
        portPod("other-protocol", every.replace("80,", "80, protocol: UDP,"), "nodeSelector: {zone: zone-node-1}");
        awaitReady("other-address", "other-protocol");
        portPod("c", every, "");

        awaitMessage(
                "c",
                "0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports. no new claims"
                        + " to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for"
                        + " incoming pod.");
        cluster.delete(PODS, "b");
        awaitReady("c");
        assertThat(node("c")).isEqualTo("node-2");
    }

    @Test
    void a_pod_goes_where_volumes_that_are_made_by_hand_are_for_all_of_its_claims() {
        cluster.create("{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: by-hand}, provisioner:"
                + " kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer}");
        volume("on-1", "node-1", "1Gi");
        claim("small", "1Mi");
        claim("large", "100Mi");
        pod("a", "", """
                volumes:
                - {name: s, persistentVolumeClaim: {claimName: small}}
                - {name: l, persistentVolumeClaim: {claimName: large}}
                """);
        awaitMessage(
                "a",
                "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind. no new claims to"
                        + " deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for"
                        + " scheduling.");

        volume("on-2", "node-2", "1Gi");
        volume("on-2-as-well", "node-2", "2Gi");

        awaitReady("a");
        assertThat(node("a")).isEqualTo("node-2");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "small")
                        .spec()
                        .path("volumeName")
                        .asText())
                .isEqualTo("on-2");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "large")
                        .spec()
                        .path("volumeName")
                        .asText())
                .isEqualTo("on-2-as-well");
    }

    private void volume(String name, String node, String size) {
        cluster.create("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %s}
            spec:
              capacity: {storage: %s}
              accessModes: [ReadWriteOnce]
              storageClassName: by-hand
              local: {path: /nowhere}
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                  - matchExpressions: [{key: zone, operator: In, values: [zone-%s]}]
            """.formatted(name, size, node));
    }

    private void claim(String name, String size) {
        cluster.create("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: by-hand
              resources: {requests: {storage: %s}}
            """.formatted(name, size));
    }

    private void portPod(String name, String ports, String more) {
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec:
              containers: [{name: app, image: "busybox:1.37", %s}]
            %s
            """.formatted(name, ports, more.indent(2)));
    }

    private void pod(String name, String resources, String more) {
        pod(name, resources, more, "p");
    }

    private void pod(String name, String resources, String more, String app) {
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, labels: {app: %s}}
            spec:
              containers: [{name: app, image: "busybox:1.37", resources: {%s}}]
            %s
            """.formatted(name, app, resources, more.indent(2)));
    }

    private String node(String pod) {
        return cluster.get(PODS, pod).spec().path("nodeName").asText("");
    }

    private void awaitReady(String... pods) {
        for (String pod : pods) {
            cluster.until(pod + " ready", () -> cluster.get(PODS, pod).is("Ready"));
        }
    }

    private void awaitMessage(String pod, String message) {
        cluster.until(
                message,
                () -> cluster.get(PODS, pod)
                        .condition("PodScheduled")
                        .path("message")
                        .asText()
                        .equals(message));
    }
}
