package io.statefulkit.embedded.control.deployment;

import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.POD_DISRUPTION_BUDGETS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisruptionBudgetsTest {

    private static final WriteOptions TESTER = WriteOptions.by("test");
    private static final Key BUDGET = new Key("default", "budget");

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final InterruptedTime time = new InterruptedTime();
    private final DisruptionBudgets controller = new DisruptionBudgets(api, time.withZone(ZoneOffset.UTC));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void an_eviction_while_pods_are_counted_is_not_forgotten() {
        budget();
        pod("a");
        pod("b");
        controller.reconcile(BUDGET);
        assertThat(status().path("disruptionsAllowed").asInt()).isEqualTo(1);
        pod("c");

        time.next = () -> evict("a");
        controller.reconcile(BUDGET);

        assertThat(status().path("disruptedPods").has("a")).isTrue();
        assertThat(status().path("disruptionsAllowed").asInt()).isZero();

        controller.reconcile(BUDGET);

        assertThat(status().path("currentHealthy").asInt()).isEqualTo(2);
        assertThat(status().path("disruptionsAllowed").asInt()).isEqualTo(1);
    }

    private JsonNode status() {
        return api.get(POD_DISRUPTION_BUDGETS, "default", "budget").path("status");
    }

    private void budget() {
        ObjectNode budget = Json.object();
        budget.putObject("metadata").put("name", "budget");
        budget.set("spec", Json.parse("{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"db\"}}}"));
        api.create(POD_DISRUPTION_BUDGETS, "default", budget, TESTER);
    }

    private void pod(String name) {
        ObjectNode pod = Json.object();
        pod.putObject("metadata").put("name", name).putObject("labels").put("app", "db");
        pod.set("spec", Json.parse("{\"containers\":[{\"name\":\"app\",\"image\":\"busybox:1.37\"}]}"));
        api.create(PODS, "default", pod, TESTER);
        JsonNode status =
                Json.parse("{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}");
        api.edit(PODS, "default", name, "status", it -> it.set("status", status), TESTER);
    }

    private void evict(String pod) {
        ObjectNode eviction = Json.object().put("kind", "Eviction").put("apiVersion", "policy/v1");
        eviction.putObject("metadata").put("name", pod);
        api.post(PODS, "default", pod, "eviction", eviction, TESTER);
    }

    /** Something happens when somebody asks for the time. */
    private static final class InterruptedTime implements InstantSource {

        private Runnable next = () -> {};

        @Override
        public Instant instant() {
            Runnable now = next;
            next = () -> {};
            now.run();
            return Instant.now();
        }
    }
}
