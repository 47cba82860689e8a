package io.statefulkit.embedded.control.cleanup;

import static io.statefulkit.embedded.api.ResourceCatalog.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collector that no watch has told of anything: its graph is as far behind as it can be. */
class GarbageCollectorTest {

    private static final Key OWNER = new Key("default", "configmaps/owner");
    private static final Key DEPENDENT = new Key("default", "configmaps/dependent");

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final GarbageCollector collector = new GarbageCollector(api, Clock.systemUTC());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void what_was_made_a_moment_before_its_owner_is_left_behind_too() {
        create("owner", Json.object());
        create("dependent", owner());
        delete("Orphan");

        collector.reconcile(OWNER);
        collector.reconcile(DEPENDENT);

        assertThat(api.find(CONFIG_MAPS, "default", "owner")).isEmpty();
        assertThat(new Resource(api.get(CONFIG_MAPS, "default", "dependent")).owners())
                .isEmpty();
    }

    @Test
    void what_was_made_a_moment_before_goes_before_its_owner_in_the_foreground() {
        create("owner", Json.object());
        create("dependent", owner());
        delete("Foreground");

        collector.reconcile(OWNER);

        assertThat(api.find(CONFIG_MAPS, "default", "dependent")).isEmpty();
        assertThat(api.find(CONFIG_MAPS, "default", "owner")).isEmpty();
    }

    private ObjectNode owner() {
        String uid = new Resource(api.get(CONFIG_MAPS, "default", "owner")).uid();
        return Json.object()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("name", "owner")
                .put("uid", uid)
                .put("blockOwnerDeletion", true);
    }

    private void create(String name, ObjectNode owner) {
        ObjectNode map = Json.object();
        ObjectNode metadata = map.putObject("metadata").put("name", name);
        if (!owner.isEmpty()) {
            metadata.putArray("ownerReferences").add(owner);
        }
        api.create(CONFIG_MAPS, "default", map, WriteOptions.by("test"));
    }

    private void delete(String propagation) {
        api.delete(CONFIG_MAPS, "default", "owner", DeleteOptions.DEFAULT.withPropagation(propagation));
    }
}
