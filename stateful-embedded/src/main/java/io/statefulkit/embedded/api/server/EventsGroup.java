package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Serves {@code events.k8s.io} beside what another API serves: the same events in another shape. For clients only:
 * whoever goes through all kinds inside the cluster must not meet events twice.
 */
public final class EventsGroup implements Api {

    private final Api api;
    private final ResourceCatalog catalog;

    /** Serves it on top of an API that stores events. */
    public EventsGroup(Api api) {
        this.api = api;
        this.catalog = api.catalog().with(ResourceCatalog.GROUP_EVENTS);
    }

    @Override
    public ResourceCatalog catalog() {
        return catalog;
    }

    @Override
    public ObjectNode get(ResourceType type, String namespace, String name) {
        return shown(type, () -> api.get(stored(type), namespace, name));
    }

    @Override
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        Optional<ObjectNode> found = api.find(stored(type), namespace, name);
        return isEvents(type) ? found.map(EventShapes::shown) : found;
    }

    @Override
    public long revision() {
        return api.revision();
    }

    @Override
    public Page list(ResourceType type, String namespace, ListOptions options) {
        if (!isEvents(type)) {
            return api.list(type, namespace, options);
        }
        Page page = told(() -> api.list(ResourceCatalog.EVENTS, namespace, stored(options)));
        return new Page(
                page.revision(),
                page.items().stream().map(EventShapes::shown).toList(),
                page.continueToken(),
                page.remaining());
    }

    @Override
    public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return shown(type, () -> api.create(stored(type), namespace, stored(type, body), options));
    }

    @Override
    public ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        return shown(type, () -> api.update(stored(type), namespace, name, subresource, stored(type, body), options));
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
        JsonNode translated = isEvents(type) ? EventShapes.stored(patch) : patch;
        return shown(type, () -> api.patch(stored(type), namespace, name, subresource, patchType, translated, options));
    }

    @Override
    public Optional<ObjectNode> edit(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            UnaryOperator<ObjectNode> change,
            WriteOptions options) {
        return api.edit(type, namespace, name, subresource, change, options);
    }

    @Override
    public ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        if (!isEvents(type)) {
            return api.delete(type, namespace, name, options);
        }
        return told(() -> named(api.delete(ResourceCatalog.EVENTS, namespace, name, options)));
    }

    @Override
    public ObjectNode deleteCollection(ResourceType type, String namespace, ListOptions list, DeleteOptions options) {
        if (!isEvents(type)) {
            return api.deleteCollection(type, namespace, list, options);
        }
        ObjectNode deleted = told(() -> api.deleteCollection(ResourceCatalog.EVENTS, namespace, stored(list), options));
        ObjectNode shown = Json.shallowCopyWithMetadata(deleted);
        shown.put("apiVersion", type.apiVersion());
        var items = shown.putArray("items");
        Json.objects(deleted, "items").forEach(item -> items.add(EventShapes.shown(item)));
        return shown;
    }

    @Override
    public ObjectNode post(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        return api.post(type, namespace, name, subresource, body, options);
    }

    @Override
    public boolean acceptsToken(String token) {
        return api.acceptsToken(token);
    }

    @Override
    public ObjectNode getSubresource(ResourceType type, String namespace, String name, String subresource) {
        return api.getSubresource(type, namespace, name, subresource);
    }

    @Override
    public Watch watch(ResourceType type, String namespace, WatchOptions options, Consumer<WatchEvent> listener) {
        if (!isEvents(type)) {
            return api.watch(type, namespace, options, listener);
        }
        WatchOptions stored = new WatchOptions(
                options.labelSelector(),
                EventShapes.selector(options.fieldSelector()),
                options.resourceVersion(),
                options.bookmarks(),
                options.sendInitialEvents());
        return told(() -> api.watch(
                ResourceCatalog.EVENTS,
                namespace,
                stored,
                event -> listener.accept(new WatchEvent(event.type(), EventShapes.shown(event.object())))));
    }

    private static boolean isEvents(ResourceType type) {
        return type.equals(ResourceCatalog.GROUP_EVENTS);
    }

    private static ResourceType stored(ResourceType type) {
        return isEvents(type) ? ResourceCatalog.EVENTS : type;
    }

    /** Returns an object of this kind as it is stored; another shape than it is shown in only for events. */
    public static ObjectNode stored(ResourceType type, ObjectNode body) {
        return isEvents(type) ? (ObjectNode) EventShapes.stored(body) : body;
    }

    private static ListOptions stored(ListOptions options) {
        return new ListOptions(
                options.labelSelector(),
                EventShapes.selector(options.fieldSelector()),
                options.limit(),
                options.continueToken(),
                options.resourceVersion(),
                options.resourceVersionMatch());
    }

    private static ObjectNode shown(ResourceType type, Supplier<ObjectNode> call) {
        return isEvents(type) ? EventShapes.shown(told(call)) : call.get();
    }

    // What is refused is told of the resource that the client asked for.
    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (Failure failure) {
            ObjectNode status = named(failure.status());
            String message = status.path("message").asText();
            String name = ResourceCatalog.GROUP_EVENTS.qualified();
            throw new Failure(status.put("message", message.replaceFirst("\\bevents \"", name + " \"")));
        }
    }

    private static ObjectNode named(ObjectNode status) {
        ObjectNode named = status.deepCopy();
        if (named.get("details") instanceof ObjectNode details) {
            details.put("group", ResourceCatalog.GROUP_EVENTS.group());
        }
        return named;
    }
}
