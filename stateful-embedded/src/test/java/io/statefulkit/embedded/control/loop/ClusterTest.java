package io.statefulkit.embedded.control.loop;

import static io.statefulkit.embedded.api.ResourceCatalog.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final Cluster cluster = new Cluster(api, Clock.systemUTC(), "test");

    @AfterEach
    void close() {
        api.close();
    }

    private Resource create() {
        ObjectNode body = Json.object();
        body.putObject("metadata").put("name", "settings");
        return cluster.create(CONFIG_MAPS, "default", body);
    }

    private static void change(ObjectNode object) {
        object.putObject("data").put("changed", "yes");
    }

    @Test
    void an_object_that_was_made_anew_under_its_name_is_neither_changed_nor_taken_for_the_old_one() {
        Resource old = create();
        api.delete(CONFIG_MAPS, "default", "settings", DeleteOptions.DEFAULT);
        create();

        assertThat(cluster.edit(CONFIG_MAPS, old, ClusterTest::change)).isEmpty();

        assertThat(cluster.find(CONFIG_MAPS, "default", "settings"))
                .hasValueSatisfying(now -> assertThat(now.json().has("data")).isFalse());
    }

    @Test
    void the_object_itself_is_changed() {
        Resource object = create();

        assertThat(cluster.edit(CONFIG_MAPS, object, ClusterTest::change))
                .hasValueSatisfying(now ->
                        assertThat(now.json().path("data").has("changed")).isTrue());
    }
}
