package io.statefulkit.embedded.api.write;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.failure;
import static io.statefulkit.embedded.api.ApiTests.json;
import static io.statefulkit.embedded.api.ApiTests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodBindingTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void a_pod_is_bound_once_and_keeps_what_the_scheduler_notes() {
        api.create(ResourceCatalog.PODS, "default", pod("p"), ME);

        assertThat(bind("{'metadata':{'name':'p','annotations':{'why':'room'}},'target':{'kind':'Node','name':'one'}}"))
                .isEqualTo(json("{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Success','code':201}"));

        ObjectNode bound = api.get(ResourceCatalog.PODS, "default", "p");
        assertThat(Json.text(bound, "spec", "nodeName")).isEqualTo("one");
        assertThat(Json.text(bound, "metadata", "annotations", "why")).isEqualTo("room");
        assertThat(Json.at(bound, "status", "conditions").path(0).path("type").asText())
                .isEqualTo("PodScheduled");
        assertThat(Json.at(bound, "metadata", "generation").asInt()).isEqualTo(1);
        refused("{'target':{'name':'two'}}", 409, "pod p is already assigned to node \"one\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'metadata':{'name':'q'},'target':{'name':'n'}} | 400 | name in URL does not match name in Binding",
                "{'target':{'kind':'Pod','name':'n'}} | 422 | target.kind: Unsupported value: \"Pod\"",
                "{'target':{'kind':'Node'}} | 422 | target.name: Required value",
                "{'target':{'name':'n'}} | 409 | pod p has non-empty .spec.schedulingGates"
            },
            quoteCharacter = '`')
    void a_binding_that_cannot_be_is_refused(String binding, int code, String message) {
        ObjectNode gated = pod("p");
        Json.child(gated, "spec").putArray("schedulingGates").addObject().put("name", "example.com/wait");
        api.create(ResourceCatalog.PODS, "default", gated, ME);

        refused(binding, code, message);
    }

    @Test
    void a_pod_that_is_going_gets_no_node() {
        ObjectNode kept = pod("p");
        Json.child(kept, "metadata").putArray("finalizers").add("example.com/keep");
        api.create(ResourceCatalog.PODS, "default", kept, ME);
        api.delete(ResourceCatalog.PODS, "default", "p", DeleteOptions.DEFAULT);

        refused("{'target':{'name':'n'}}", 409, "pod p is being deleted, cannot be assigned to a host");
    }

    private ObjectNode bind(String binding) {
        return api.post(ResourceCatalog.PODS, "default", "p", "binding", json(binding), ME);
    }

    private void refused(String binding, int code, String message) {
        Failure failure = failure(() -> bind(binding));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status().path("message").asText()).contains(message);
    }
}
