package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An API that keeps what it is given, without any of the rules. */
final class FakeApi implements Api {

    final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();
    final List<Consumer<WatchEvent>> watchers = new CopyOnWriteArrayList<>();
    final AtomicInteger watched = new AtomicInteger();
    private final ResourceCatalog catalog = new ResourceCatalog();

    @Override
    public ResourceCatalog catalog() {
        return catalog;
    }

    @Override
    public ObjectNode get(ResourceType type, String namespace, String name) {
        return find(type, namespace, name).orElseThrow();
    }

    @Override
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(type, namespace, name)));
    }

    @Override
    public long revision() {
        return 7;
    }

    @Override
    public Page list(ResourceType type, String namespace, ListOptions options) {
        List<ObjectNode> items = objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(type.plural() + "/" + namespace))
                .map(Map.Entry::getValue)
                .toList();
        return new Page(revision(), items, "", OptionalLong.empty());
    }

    @Override
    public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        if (body.has("warn")) {
            Warnings.add("unknown field \"warn\"");
        }
        objects.put(key(type, namespace, body.path("metadata").path("name").asText()), body);
        watchers.forEach(watcher -> watcher.accept(new WatchEvent(WatchEvent.Type.ADDED, body)));
        return body;
    }

    @Override
    public ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        objects.put(key(type, namespace, name), body);
        return body;
    }

    @Override
    public ObjectNode patch(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            PatchType patchType,
            JsonNode patch,
            WriteOptions options) {
        return update(type, namespace, name, subresource, (ObjectNode) patch, options);
    }

    @Override
    public Optional<ObjectNode> edit(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            UnaryOperator<ObjectNode> change,
            WriteOptions options) {
        throw new UnsupportedOperationException("edit is for components of the cluster");
    }

    @Override
    public ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        return Optional.ofNullable(objects.remove(key(type, namespace, name))).orElseThrow();
    }

    @Override
    public ObjectNode deleteCollection(ResourceType type, String namespace, ListOptions list, DeleteOptions options) {
        throw new IllegalStateException("a bug of the API");
    }

    @Override
    public ObjectNode post(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        return body;
    }

    @Override
    public ObjectNode getSubresource(ResourceType type, String namespace, String name, String subresource) {
        return find(type, namespace, name).orElseThrow();
    }

    @Override
    public Watch watch(ResourceType type, String namespace, WatchOptions options, Consumer<WatchEvent> listener) {
        watchers.add(listener);
        watched.incrementAndGet();
        list(type, namespace, ListOptions.ALL)
                .items()
                .forEach(item -> listener.accept(new WatchEvent(WatchEvent.Type.ADDED, item)));
        return () -> watchers.remove(listener);
    }

    private static String key(ResourceType type, String namespace, String name) {
        return type.plural() + "/" + namespace + "/" + name;
    }
}
