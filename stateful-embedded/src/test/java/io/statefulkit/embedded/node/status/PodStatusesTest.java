package io.statefulkit.embedded.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:09Z");
    private static final Pod POD = Json.as(Json.parse("""
        {"metadata":{"name":"p","generation":1},"spec":{
         "initContainers":[{"name":"init","image":"i"}],
         "containers":[{"name":"z","image":"busybox:1"},{"name":"a","image":"busybox:1"}]}}
        """), Pod.class);

    private final ContainerRecord init = ContainerRecord.fresh("init", Role.INIT, true);
    private final ContainerRecord z = ContainerRecord.fresh("z", Role.MAIN, true);
    private final ContainerRecord a = ContainerRecord.fresh("a", Role.MAIN, true);

    @Test
    void a_pod_that_was_just_seen_waits_for_everything() {
        JsonNode status = status(false, false, "Always", init, z, a);

        assertThat(status.path("phase").asText()).isEqualTo("Pending");
        assertThat(conditions(status))
                .containsExactly(
                        "PodReadyToStartContainers False  ",
                        "Initialized False ContainersNotInitialized containers with incomplete status: [init]",
                        "Ready False ContainersNotReady containers with unready status: [z a]",
                        "ContainersReady False ContainersNotReady containers with unready status: [z a]",
                        "PodScheduled True  ");
        assertThat(status.path("containerStatuses").findValuesAsText("name")).containsExactly("a", "z");
    }

    @Test
    void a_pod_whose_containers_are_all_ready_is_ready() {
        JsonNode status = status(true, false, "Always", done(init, 0), ready(z), ready(a));

        assertThat(status.path("phase").asText()).isEqualTo("Running");
        assertThat(conditions(status))
                .containsExactly(
                        "PodReadyToStartContainers True  ",
                        "Initialized True  ",
                        "Ready True  ",
                        "ContainersReady True  ",
                        "PodScheduled True  ");
        assertThat(status.path("podIP").asText()).isEqualTo("127.80.0.2");
        assertThat(status.path("startTime").asText()).isEqualTo("2026-01-01T00:00:09Z");
    }

    @Test
    void a_pod_that_completed_says_so_before_and_after_it_is_final() {
        JsonNode before = status(true, false, "Never", done(init, 0), done(z, 0), done(a, 0));
        JsonNode after = status(true, true, "Never", done(init, 0), done(z, 0), done(a, 0));

        assertThat(before.path("phase").asText()).isEqualTo("Running");
        assertThat(after.path("phase").asText()).isEqualTo("Succeeded");
        assertThat(conditions(after))
                .containsExactly(
                        "PodReadyToStartContainers False  ",
                        "Initialized True PodCompleted ",
                        "Ready False PodCompleted ",
                        "ContainersReady False PodCompleted ",
                        "PodScheduled True  ");
        assertThat(conditions(before)).containsSubsequence("Ready False PodCompleted ");
    }

    @Test
    void one_failed_container_fails_a_pod_that_is_not_restarted() {
        JsonNode after = status(true, true, "Never", done(init, 0), done(z, 7), done(a, 0));

        assertThat(after.path("phase").asText()).isEqualTo("Failed");
        assertThat(conditions(after)).contains("Ready False PodFailed ");
        assertThat(after.at("/containerStatuses/1/state/terminated/exitCode").asInt())
                .isEqualTo(7);
    }

    @Test
    void a_condition_that_does_not_change_keeps_its_time() {
        JsonNode before = Json.parse("{\"conditions\":[{\"type\":\"Initialized\",\"status\":\"True\","
                + "\"lastTransitionTime\":\"2025-01-01T00:00:00Z\"},{\"type\":\"acme/gate\",\"status\":\"True\"}]}");
        PodRecord record =
                new PodRecord("Always", "", "", NOW, true, false, "", "", List.of(done(init, 0), ready(z), ready(a)));

        JsonNode status = PodStatuses.of(POD, record, before, NOW);

        assertThat(status.at("/conditions/0/type").asText()).isEqualTo("acme/gate");
        assertThat(status.at("/conditions/2/lastTransitionTime").asText()).isEqualTo("2025-01-01T00:00:00Z");
    }

    @Test
    void a_gate_that_is_closed_is_told_from_one_that_nobody_opened_yet() {
        Pod gated = new PodBuilder(POD)
                .editSpec()
                .addNewReadinessGate("acme/closed")
                .addNewReadinessGate("acme/none")
                .endSpec()
                .build();
        JsonNode before = Json.parse("{\"conditions\":[{\"type\":\"acme/closed\",\"status\":\"False\"}]}");
        PodRecord record =
                new PodRecord("Always", "", "", NOW, true, false, "", "", List.of(done(init, 0), ready(z), ready(a)));

        assertThat(conditions(PodStatuses.of(gated, record, before, NOW)))
                .contains("Ready False ReadinessGatesNotReady the status of pod readiness gate \"acme/closed\" is not"
                        + " \"True\", but False, corresponding condition of pod readiness gate \"acme/none\" does not"
                        + " exist.");
    }

    @Test
    void a_pod_whose_time_is_up_is_not_ready_any_more_and_says_why_when_its_containers_have_ended() {
        List<ContainerRecord> running = List.of(done(init, 0), ready(z), ready(a));
        JsonNode late = PodStatuses.of(POD, late(false, running), Json.object(), NOW);
        JsonNode ended = PodStatuses.of(POD, late(true, running), Json.object(), NOW);

        assertThat(late.path("phase").asText()).isEqualTo("Running");
        assertThat(late.has("reason")).isFalse();
        assertThat(conditions(late)).contains("Ready False PodFailed ", "ContainersReady False PodFailed ");
        assertThat(ended.path("phase").asText()).isEqualTo("Failed");
        assertThat(ended.path("reason").asText()).isEqualTo("DeadlineExceeded");
    }

    private static PodRecord late(boolean finished, List<ContainerRecord> containers) {
        return new PodRecord("Always", "", "", NOW, true, finished, "DeadlineExceeded", "too late", containers);
    }

    private static JsonNode status(boolean sandbox, boolean finished, String policy, ContainerRecord... containers) {
        PodRecord record =
                new PodRecord(policy, "127.80.0.1", "127.80.0.2", NOW, sandbox, finished, "", "", List.of(containers));
        return PodStatuses.of(POD, record, Json.object(), NOW);
    }

    private static List<String> conditions(JsonNode status) {
        return java.util.stream.StreamSupport.stream(status.path("conditions").spliterator(), false)
                .map(condition -> condition.path("type").asText() + " "
                        + condition.path("status").asText() + " "
                        + condition.path("reason").asText() + " "
                        + condition.path("message").asText())
                .toList();
    }

    private static ContainerRecord ready(ContainerRecord container) {
        return container.running(NOW, "process://x", "process://1").with(true, true);
    }

    private static ContainerRecord done(ContainerRecord container, int code) {
        String reason = code == 0 ? "Completed" : "Error";
        return container
                .running(NOW, "process://x", "process://1")
                .in(new Terminated(code, reason, "", NOW, NOW, "process://1"));
    }
}
