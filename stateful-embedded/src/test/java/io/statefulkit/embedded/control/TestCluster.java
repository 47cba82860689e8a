package io.statefulkit.embedded.control;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An API server with controllers and a node without processes. */
final class TestCluster implements AutoCloseable {

    static final String NAMESPACE = "test";
    private static final Logger LOG = LoggerFactory.getLogger(TestCluster.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final WriteOptions TESTER = WriteOptions.by("test");

    final ManualTime time = new ManualTime();
    final StoreApi store = new StoreApi(time);
    final Api api = store;
    final FakeNode node;
    final Path volumes;
    private final Controllers controllers;

    TestCluster() {
        try {
            volumes = Files.createTempDirectory("volumes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node = new FakeNode(api, time, "node-1");
        controllers = Controllers.start(api, time, time, volumes);
        ObjectNode namespace = Json.object();
        namespace.putObject("metadata").put("name", NAMESPACE);
        api.create(ResourceCatalog.NAMESPACES, "", namespace, TESTER);
    }

    Controllers controllers() {
        return controllers;
    }

    Resource create(String yaml) {
        ObjectNode object = yaml(yaml);
        ResourceType type = api.catalog()
                .ofKind(object.path("apiVersion").asText(), object.path("kind").asText())
                .orElseThrow();
        return new Resource(api.create(type, type.namespaced() ? NAMESPACE : "", object, TESTER));
    }

    static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Optional<Resource> find(ResourceType type, String name) {
        return api.find(type, type.namespaced() ? NAMESPACE : "", name).map(Resource::new);
    }

    Resource get(ResourceType type, String name) {
        return find(type, name).orElseThrow(() -> new AssertionError("no " + type.kind() + " " + name));
    }

    List<Resource> list(ResourceType type) {
        return api.list(type, type.namespaced() ? NAMESPACE : "", ListOptions.ALL).items().stream()
                .map(Resource::new)
                .toList();
    }

    List<String> names(ResourceType type) {
        return list(type).stream().map(Resource::name).toList();
    }

    List<String> pods() {
        return names(ResourceCatalog.PODS);
    }

    void patch(ResourceType type, String name, String mergePatch) {
        api.patch(type, type.namespaced() ? NAMESPACE : "", name, "", PatchType.MERGE, yaml(mergePatch), TESTER);
    }

    void delete(ResourceType type, String name) {
        delete(type, name, "");
    }

    void delete(ResourceType type, String name, String propagation) {
        api.delete(type, type.namespaced() ? NAMESPACE : "", name, DeleteOptions.DEFAULT.withPropagation(propagation));
    }

    /** Waits until something holds; the message of the last failed look is the message of the failure. */
    void until(String what, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    /** Moves the time, then waits until something holds. */
    void untilAfter(Duration by, String what, Callable<Boolean> condition) {
        time.advance(by);
        until(what, condition);
    }

    void untilReady(String set, int replicas) {
        until(set + " ready with " + replicas, () -> {
            JsonNode status = get(ResourceCatalog.STATEFUL_SETS, set).status();
            return status.path("readyReplicas").asInt(0) == replicas
                    && status.path("replicas").asInt(0) == replicas
                    && status.path("observedGeneration").asLong()
                            == get(ResourceCatalog.STATEFUL_SETS, set).generation();
        });
    }

    /** The reasons of the events about an object, with their counts. */
    List<String> events(String kind, String name) {
        return list(ResourceCatalog.EVENTS).stream()
                .filter(event -> event.json()
                                .path("involvedObject")
                                .path("kind")
                                .asText()
                                .equals(kind)
                        && event.json()
                                .path("involvedObject")
                                .path("name")
                                .asText()
                                .equals(name))
                .map(event -> event.json().path("reason").asText() + ": "
                        + event.json().path("message").asText())
                .toList();
    }

    /** Waits for an event whose reason and message begin so: events are written after what they tell of. */
    void untilEvent(String kind, String name, String text) {
        until("event " + text, () -> events(kind, name).stream().anyMatch(event -> event.startsWith(text)));
    }

    @Override
    public void close() {
        controllers.close();
        node.close();
        store.close();
        // A volume may be removed by its controller at this very moment: what cannot be deleted is left.
        try (Stream<Path> files = Files.walk(volumes)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} is left", volumes, e);
        }
    }
}
