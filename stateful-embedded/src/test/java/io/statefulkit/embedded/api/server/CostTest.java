package io.statefulkit.embedded.api.server;

import static io.statefulkit.embedded.api.ApiTests.ME;
import static io.statefulkit.embedded.api.ApiTests.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ApiTests;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write looks at the object that it is about, however many others there are. */
class CostTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 5000})
    void a_write_touches_no_other_object_of_its_kind(int others) {
        AtomicInteger touched = new AtomicInteger();
        try (StoreApi api = new StoreApi(Clock.systemUTC())) {
            for (ResourceType type : new ResourceType[] {ResourceCatalog.CONFIG_MAPS, ResourceCatalog.PODS}) {
                for (int i = 0; i < others; i++) {
                    ObjectNode other = new CountingObject(touched);
                    other.set("metadata", Json.object().put("name", "other-" + i));
                    api.store().create(Target.key(type, "default", "other-" + i), other);
                }
            }
            touched.set(0);

            api.create(ResourceCatalog.CONFIG_MAPS, "default", configMap("a"), ME);
            api.edit(ResourceCatalog.CONFIG_MAPS, "default", "a", "", map -> map.put("immutable", false), ME);
            api.patch(
                    ResourceCatalog.CONFIG_MAPS,
                    "default",
                    "a",
                    "",
                    PatchType.MERGE,
                    ApiTests.json("{'data':{'k':'2'}}"),
                    ME);
            api.delete(ResourceCatalog.CONFIG_MAPS, "default", "a", DeleteOptions.DEFAULT);
            api.create(ResourceCatalog.PODS, "default", ApiTests.pod("a"), ME);
            api.delete(ResourceCatalog.PODS, "default", "a", new DeleteOptions(OptionalInt.of(0), "", "", "", false));

            assertThat(touched).hasValue(0);
            api.list(ResourceCatalog.PODS, "default", ListOptions.labels("x=y"));
            assertThat(touched).as("a list that selects does touch them").hasValueGreaterThanOrEqualTo(others);
        }
    }
}
