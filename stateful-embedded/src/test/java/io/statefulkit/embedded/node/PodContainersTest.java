package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import org.junit.jupiter.api.Test;

class PodContainersTest {

    private final ObjectNode one = ApiTests.json(
            "{'metadata':{'name':'p'},'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'a'}]}}");
    private final ObjectNode two = ApiTests.json("{'metadata':{'name':'p'},'spec':{'initContainers':[{'name':'i'}],"
            + "'containers':[{'name':'a'},{'name':'b'}]}}");

    @Test
    void the_only_container_need_not_be_named_whatever_comes_before_it() {
        assertThat(PodContainers.named(one, "")).isEqualTo("a");
        assertThat(PodContainers.named(one, "i")).isEqualTo("i");
    }

    @Test
    void one_of_several_has_to_be_named() {
        assertThat(ApiTests.failure(() -> PodContainers.named(two, "")))
                .hasMessage("a container name must be specified for pod p, choose one of: [i a b]");
        assertThat(ApiTests.failure(() -> PodContainers.named(two, "x")))
                .hasMessage("container x is not valid for pod p");
    }
}
