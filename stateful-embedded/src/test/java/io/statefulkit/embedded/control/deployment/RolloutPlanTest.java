package io.statefulkit.embedded.control.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutPlanTest {

    @ParameterizedTest
    @ValueSource(strings = {"2", "many", "0", ""})
    void a_deployment_of_several_replica_sets_grows_in_proportion_whatever_was_noted_of_its_size(String noted) {
        Resource deployment = object("web", "{\"replicas\":4}", "{\"replicas\":2}");
        RolloutPlan plan = new RolloutPlan(
                new DeploymentSpec(deployment),
                new Replicas(Optional.of(set("new", noted)), List.of(set("old", noted))));

        assertThat(plan.scale()).containsOnlyKeys("new", "old").containsValues(2, 2);
    }

    private static Resource set(String name, String noted) {
        Resource set = object(name, "{\"replicas\":1}", "{}");
        ObjectNode annotations = ((ObjectNode) set.json().path("metadata")).putObject("annotations");
        annotations.put(RolloutPlan.DESIRED, "2");
        if (!noted.isEmpty()) {
            annotations.put(RolloutPlan.MAX, noted);
        }
        return set;
    }

    private static Resource object(String name, String spec, String status) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name).put("uid", name);
        object.set("spec", Json.parse(spec));
        object.set("status", Json.parse(status));
        return new Resource(object);
    }
}
