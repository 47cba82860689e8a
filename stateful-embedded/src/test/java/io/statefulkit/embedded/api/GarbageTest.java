package io.statefulkit.embedded.api;

import static io.statefulkit.embedded.api.ApiTests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.decode.Body;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: the answer is an object or a Status with a sensible code, and the store stays sound. */
class GarbageTest {

    private static final int REQUESTS = 1500;
    private static final Set<Integer> CODES = Set.of(400, 403, 404, 409, 415, 422);

    /** What the real server answers with 500, too. */
    private static final String KNOWN_500 =
            "(?s)(failed to create typed patch object|resourceVersion should not be set|map: |unknown patch type: ).*";

    private static final Map<ResourceType, ObjectNode> GOOD = Map.of(
            ResourceCatalog.CONFIG_MAPS, json("{'metadata':{'name':'a','labels':{'x':'y'}},'data':{'k':'v'}}"),
            ResourceCatalog.PODS,
                    json("{'metadata':{'name':'a'},'spec':{'containers':[{'name':'a','image':'x','env':[{'name':'E',"
                            + "'value':'1'}],'ports':[{'containerPort':1}],'volumeMounts':[{'name':'v','mountPath':'/v'}],"
                            + "'livenessProbe':{'httpGet':{'port':1}}}],'volumes':[{'name':'v','secret':{'secretName':"
                            + "'s'}}]}}"),
            ResourceCatalog.SERVICES,
                    json("{'metadata':{'name':'a'},'spec':{'type':'NodePort','ports':[{'port':1,'name':'p'}]}}"),
            ResourceCatalog.STATEFUL_SETS,
                    json("{'metadata':{'name':'a'},'spec':{'serviceName':'a','selector':{'matchLabels':{'a':'b'}},"
                            + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':"
                            + "'x'}]}},'volumeClaimTemplates':[{'metadata':{'name':'d'},'spec':{'accessModes':"
                            + "['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]}}"),
            ResourceCatalog.JOBS,
                    json("{'metadata':{'name':'a'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':"
                            + "[{'name':'a','image':'x'}]}}}}"),
            ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                    json("{'metadata':{'name':'a'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                            + "{'storage':'1Gi'}}}}"),
            ResourceCatalog.SECRETS, json("{'metadata':{'name':'a'},'stringData':{'k':'v'}}"),
            ResourceCatalog.PERSISTENT_VOLUMES,
                    json(
                            "{'metadata':{'name':'a'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                                    + "'hostPath':{'path':'/x'}}}"));

    private static final List<ResourceType> TYPES = GOOD.keySet().stream()
            .sorted((a, b) -> a.plural().compareTo(b.plural()))
            .toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4000})
    void garbage_is_refused_and_the_store_stays_sound(long seed) {
        RandomJson random = new RandomJson(seed);
        Map<String, ObjectNode> watched = new ConcurrentHashMap<>();
        try (StoreApi api = new StoreApi(Clock.systemUTC())) {
            for (ResourceType type : TYPES) {
                api.watch(type, "", WatchOptions.ALL, event -> follow(watched, type, event));
            }
            for (int i = 0; i < REQUESTS; i++) {
                request(api, TYPES.get(random.number(TYPES.size())), random);
            }
            Map<String, ObjectNode> stored = stored(api);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(watched).isEqualTo(stored));
            assertThat(stored).isNotEmpty();
        }
    }

    private static void request(StoreApi api, ResourceType type, RandomJson random) {
        String namespace = type.namespaced() ? "default" : "";
        ObjectNode body =
                random.number(4) == 0 ? random.object(5) : random.spoil(GOOD.getOrDefault(type, Json.object()));
        if (random.number(8) == 0) {
            body = GOOD.getOrDefault(type, body).deepCopy();
        }
        WriteOptions options =
                new WriteOptions("fuzz" + random.number(3), false, random.number(2) == 0, WriteOptions.Validation.WARN);
        String subresource = type.status() && random.number(5) == 0 ? "status" : "";
        try {
            send(api, new Target(type, namespace, "a", subresource), body, options, random);
        } catch (Failure failure) {
            boolean sensible = CODES.contains(failure.code())
                    || (failure.code() == 500
                            && String.valueOf(failure.getMessage()).matches(KNOWN_500));
            assertThat(sensible).as("%s for %s", failure.status(), body).isTrue();
        }
        Warnings.drain();
    }

    private static void send(StoreApi api, Target to, ObjectNode body, WriteOptions options, RandomJson random) {
        switch (random.number(7)) {
            case 0, 1 -> api.create(to.type(), to.namespace(), body, options);
            case 2 -> api.update(to.type(), to.namespace(), to.name(), to.subresource(), body, options);
            case 3 -> patch(api, to, PatchType.MERGE, body, options);
            case 4 -> patch(api, to, PatchType.STRATEGIC, body, options);
            case 5 -> {
                boolean apply = random.number(2) == 0;
                body.put("kind", to.type().kind()).put("apiVersion", to.type().apiVersion());
                patch(api, to, apply ? PatchType.APPLY : PatchType.JSON, apply ? body : random.value(3), options);
            }
            default -> {
                OptionalInt grace = random.number(2) == 0 ? OptionalInt.empty() : OptionalInt.of(0);
                api.delete(to.type(), to.namespace(), to.name(), new DeleteOptions(grace, "", "", "", false));
            }
        }
    }

    private static void patch(StoreApi api, Target to, PatchType type, JsonNode patch, WriteOptions options) {
        api.patch(to.type(), to.namespace(), to.name(), to.subresource(), type, patch, options);
    }

    /** Returns all objects, after checking what every object must have. */
    private static Map<String, ObjectNode> stored(StoreApi api) {
        Map<String, ObjectNode> stored = new HashMap<>();
        for (ResourceType type : TYPES) {
            Page page = api.list(type, "", ListOptions.ALL);
            for (ObjectNode object : page.items()) {
                assertThat(Json.text(object, "kind")).isEqualTo(type.kind());
                assertThat(Json.text(object, "metadata", "uid")).hasSize(36);
                assertThat(Json.at(object, "metadata", "resourceVersion").asLong())
                        .isBetween(1L, page.revision());
                assertThat(Json.same(Body.decode(type, object, WriteOptions.Validation.STRICT), object))
                        .as("%s has only fields of its kind, with their types", object)
                        .isTrue();
                stored.put(key(type, object), object);
            }
        }
        return stored;
    }

    private static void follow(Map<String, ObjectNode> watched, ResourceType type, WatchEvent event) {
        if (event.type() == WatchEvent.Type.DELETED) {
            watched.remove(key(type, event.object()));
        } else {
            watched.put(key(type, event.object()), event.object());
        }
    }

    private static String key(ResourceType type, ObjectNode object) {
        return type.plural() + "/" + Json.text(object, "metadata", "namespace") + "/" + ApiTests.name(object);
    }
}
