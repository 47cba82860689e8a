package io.statefulkit.embedded.control.deployment;

import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.REPLICA_SETS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicaSetsTest {

    private static final WriteOptions TESTER = WriteOptions.by("test");
    private static final Key SET = new Key("default", "web");
    private static final Instant READY = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration STEP = Duration.ofMillis(400);

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final AtomicReference<Instant> now = new AtomicReference<>(READY);
    /** Time passes whenever somebody looks at the clock. */
    private final InstantSource passing = () -> now.getAndUpdate(time -> time.plus(STEP));

    private final ReplicaSets controller = new ReplicaSets(api, passing.withZone(ZoneOffset.UTC));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_pod_that_becomes_available_while_pods_are_counted_is_counted_later() {
        set();
        controller.reconcile(SET);
        ready();
        controller.reconcile(SET);

        Optional<Duration> again = Optional.of(Duration.ZERO);
        for (int i = 0; i < 10 && again.isPresent(); i++) {
            again = controller.reconcile(SET);
        }

        assertThat(again).isEmpty();
        assertThat(api.get(REPLICA_SETS, "default", "web")
                        .path("status")
                        .path("availableReplicas")
                        .asInt())
                .isEqualTo(1);
    }

    private void set() {
        ObjectNode set = Json.object();
        set.putObject("metadata").put("name", "web");
        set.set(
                "spec",
                Json.parse("{\"replicas\":1,\"minReadySeconds\":1,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
                        + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":["
                        + "{\"name\":\"app\",\"image\":\"busybox:1.37\"}]}}}"));
        api.create(REPLICA_SETS, "default", set, TESTER);
    }

    private void ready() {
        JsonNode status = Json.parse("{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\","
                + "\"lastTransitionTime\":\"" + READY + "\"}]}");
        String pod = api.list(PODS, "default", ListOptions.ALL)
                .items()
                .get(0)
                .path("metadata")
                .path("name")
                .asText();
        now.set(READY);
        api.edit(PODS, "default", pod, "status", it -> it.set("status", status), TESTER);
    }
}
