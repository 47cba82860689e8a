package io.statefulkit.survival.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.workload.Workload;
import io.statefulkit.survival.testing.ApiStub;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DrainNodeTest {

    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String SET = """
        {"kind": "StatefulSet", "apiVersion": "apps/v1",
         "metadata": {"name": "orders", "namespace": "shop", "uid": "set", "generation": 1},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "orders"}},
                  "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [{"name": "db"}]}}},
         "status": {"observedGeneration": 1, "currentRevision": "r", "updateRevision": "r"}}
        """;
    private static final String NODE = """
        {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "n1"}, "spec": {}}
        """;
    private static final String DONE = """
        {"kind": "Status", "apiVersion": "v1", "status": "Success"}
        """;

    private static String pod(String name, String uid, String spec, String conditions) {
        return """
            {"metadata": {"name": "%s", "namespace": "shop", "uid": "%s", "labels": {"app": "orders"},
                          "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "orders", "uid": "set"}]},
             "spec": {%s "containers": [{"name": "db"}]},
             "status": {"conditions": [%s]}}
            """.formatted(name, uid, spec, conditions);
    }

    private static String onTheNode(String name, String uid) {
        return pod(name, uid, "\"nodeName\": \"n1\",", "{\"type\": \"Ready\", \"status\": \"True\"}");
    }

    private static String withoutPlace(String name, String uid) {
        return pod(name, uid, "", "{\"type\": \"PodScheduled\", \"status\": \"False\"}");
    }

    private static String list(String kind, String... items) {
        return """
            {"kind": "%s", "apiVersion": "v1", "items": [%s]}
            """.formatted(kind, String.join(",", items));
    }

    private static int cordonsAndUncordons(List<String> asked) {
        return Collections.frequency(asked, "PATCH /api/v1/nodes/n1");
    }

    private static Workload workload(ApiStub api) {
        return new Workload(
                api.client(),
                new WorkloadRef(WorkloadRef.Kind.STATEFUL_SET, "shop", "orders"),
                ServerContainer.UNNAMED,
                Powers.withoutKilling(Set.of(), "nobody may"),
                Duration.ofSeconds(20),
                () -> Pulse.NONE,
                phase -> {});
    }

    /** On the only node, the first of two pods would wait for it to be uncordoned, and the budget of the second for the first. */
    @Test
    void a_node_is_uncordoned_when_a_budget_waits_for_a_pod_that_nothing_else_takes() {
        try (ApiStub api = ApiStub.start()
                .answering("/apis/apps/v1/namespaces/shop/statefulsets/orders", SET)
                .answering(PODS, list("PodList", onTheNode("orders-0", "a"), onTheNode("orders-1", "b")))
                .answering("/api/v1/namespaces/shop/persistentvolumeclaims", list("PersistentVolumeClaimList"))
                .answering("/api/v1/nodes", list("NodeList"))
                .answering("/api/v1/nodes/n1", NODE)
                .answering(PODS + "/orders-0/eviction", DONE)
                .answering(PODS + "/orders-1/eviction", DONE)
                .failingUntil("POST " + PODS + "/orders-1/eviction", 429, asked -> cordonsAndUncordons(asked) == 2)) {
            Workload orders = workload(api);
            Snapshot before = orders.snapshot();
            api.answering(PODS, list("PodList", withoutPlace("orders-0", "c"), onTheNode("orders-1", "b")));

            Disruptions.drainNode().inject(orders, before);

            assertThat(api.asked())
                    .filteredOn(request -> request.startsWith("POST") || request.startsWith("PATCH"))
                    .containsExactly(
                            "PATCH /api/v1/nodes/n1",
                            "POST " + PODS + "/orders-0/eviction",
                            "POST " + PODS + "/orders-1/eviction",
                            "PATCH /api/v1/nodes/n1",
                            "POST " + PODS + "/orders-1/eviction");
        }
    }
}
