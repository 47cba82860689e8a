package io.statefulkit.embedded.control.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeTaintsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void a_node_that_was_made_without_a_spec_is_tainted_as_well() {
        ObjectNode node = (ObjectNode) Json.parse("{\"metadata\":{\"name\":\"n\"},\"status\":{\"conditions\":["
                + "{\"type\":\"Ready\",\"status\":\"False\"}]}}");

        NodeTaints.write(node, NodeTaints.wanted(new Resource(node.deepCopy()), NOW));

        assertThat(node.path("spec").path("taints"))
                .extracting(taint ->
                        taint.path("key").asText() + ":" + taint.path("effect").asText())
                .containsExactly("node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute");
    }
}
