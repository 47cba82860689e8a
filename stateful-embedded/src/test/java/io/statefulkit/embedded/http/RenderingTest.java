package io.statefulkit.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import org.junit.jupiter.api.Test;

class RenderingTest {

    @Test
    void what_was_deleted_at_once_says_what_it_is_once() {
        ObjectNode list = (ObjectNode) Json.parse("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"items\":"
                + "[{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}]}");

        assertThat(Rendering.deleted(list))
                .hasToString("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"items\":"
                        + "[{\"metadata\":{\"name\":\"a\"}}]}");
    }
}
