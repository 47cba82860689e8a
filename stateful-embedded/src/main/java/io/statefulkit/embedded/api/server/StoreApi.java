package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.admission.Admission;
import io.statefulkit.embedded.api.apply.Apply;
import io.statefulkit.embedded.api.decode.Body;
import io.statefulkit.embedded.api.patch.PatchedBody;
import io.statefulkit.embedded.api.patch.Patches;
import io.statefulkit.embedded.api.read.Reads;
import io.statefulkit.embedded.api.read.Watches;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.write.Deletions;
import io.statefulkit.embedded.api.write.PodBinding;
import io.statefulkit.embedded.api.write.PodPosts;
import io.statefulkit.embedded.api.write.ServiceAccountTokens;
import io.statefulkit.embedded.api.write.Subresources;
import io.statefulkit.embedded.api.write.Writes;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The API server without its socket, over a store of its own in memory. Namespaces, the default storage class and the
 * service {@code kubernetes} are there from the start.
 */
public final class StoreApi implements Api, AutoCloseable {

    private static final Set<ResourceType> CREATED_BY_UPDATE = Set.of(
            ResourceCatalog.SERVICES,
            ResourceCatalog.ENDPOINTS,
            ResourceCatalog.EVENTS,
            ResourceCatalog.LEASES,
            ResourceCatalog.LIMIT_RANGES,
            ResourceCatalog.ROLES,
            ResourceCatalog.ROLE_BINDINGS,
            ResourceCatalog.CLUSTER_ROLES,
            ResourceCatalog.CLUSTER_ROLE_BINDINGS);

    private final ResourceCatalog catalog = new ResourceCatalog();
    private final ApiThreads threads = new ApiThreads();
    private final ObjectStore store = new ObjectStore(threads.dispatcher());
    private final Reads reads = new Reads(store);
    private final Watches watches = new Watches(store, threads.timer());
    private final Writes writes;
    private final Deletions deletions;
    private final PodPosts pods;
    private final PodBinding bindings;
    private final Bootstrap bootstrap;
    private final ServiceAccountTokens tokens;
    private final Clock clock;

    /**
     * Makes a cluster's API.
     *
     * @param clock tells the time of timestamps
     */
    public StoreApi(Clock clock) {
        this(clock, "127.96.", "");
    }

    /**
     * Makes an API server that gives services addresses from the upper half of this network.
     *
     * @param clock tells the time
     * @param serviceNetwork the first two bytes, such as {@code 127.96.}; no other cluster of this machine may use them
     * @param rootCertificate the certificate of the API server in PEM, which every namespace gets
     */
    public StoreApi(Clock clock, String serviceNetwork, String rootCertificate) {
        this.clock = clock;
        this.tokens = new ServiceAccountTokens(clock);
        this.bootstrap = new Bootstrap(rootCertificate);
        Admission admission = new Admission(store, serviceNetwork, clock);
        this.writes = new Writes(store, admission, clock);
        this.deletions = new Deletions(store, admission, clock);
        this.pods = new PodPosts(store, writes, deletions, clock);
        this.bindings = new PodBinding(writes, clock);
        bootstrap.run(this);
    }

    /** Returns what is behind this API, for tests of what a request touches. */
    ObjectStore store() {
        return store;
    }

    @Override
    public ResourceCatalog catalog() {
        return catalog;
    }

    @Override
    public ObjectNode get(ResourceType type, String namespace, String name) {
        return find(type, namespace, name).orElseThrow(() -> Failures.notFound(type, name));
    }

    @Override
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        return store.get(Target.key(type, namespace, name));
    }

    @Override
    public Page list(ResourceType type, String namespace, ListOptions options) {
        return reads.list(type, namespace, options);
    }

    @Override
    public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return createNamespaced(type, writes.create(type, namespace, body, options), options);
    }

    @Override
    public ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        Subresources.check(type, subresource);
        ResourceType kind = Subresources.written(type, subresource);
        ObjectNode decoded = Body.decode(kind, body, options.validation());
        String named = Json.text(decoded, "metadata", "name");
        if (named.isEmpty()) {
            throw Failures.badRequest(
                    "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
        }
        if (!named.equals(name)) {
            throw Failures.badRequest(
                    "the name of the object (" + named + ") does not match the name on the URL (" + name + ")");
        }
        if (!subresource.equals("scale")) {
            Body.checkNamespace(type, namespace, decoded);
        }
        Target target = new Target(type, namespace, name, subresource);
        Optional<ObjectNode> updated = writes.modify(target, old -> decoded.deepCopy(), options);
        if (updated.isEmpty() && subresource.isEmpty() && CREATED_BY_UPDATE.contains(type)) {
            return create(type, namespace, decoded, options);
        }
        return Subresources.view(subresource, updated.orElseThrow(() -> Failures.notFound(type, name)));
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
        Subresources.check(type, subresource);
        if (patchType == PatchType.APPLY) {
            return apply(new Target(type, namespace, name, subresource), patch, options);
        }
        ResourceType kind = Subresources.written(type, subresource);
        UnaryOperator<ObjectNode> change =
                old -> PatchedBody.decode(kind, patchType, patch, Patches.apply(patchType, old, patch), options);
        ObjectNode written = writes.modify(new Target(type, namespace, name, subresource), change, options)
                .orElseThrow(() -> Failures.notFound(type, name));
        return Subresources.view(subresource, written);
    }

    private ObjectNode apply(Target target, JsonNode patch, WriteOptions options) {
        if (target.subresource().equals("scale")) {
            throw Failures.unsupportedPatch();
        }
        Apply apply = new Apply(target, patch, options, clock);
        UnaryOperator<ObjectNode> change =
                live -> Body.decode(target.type(), apply.apply(live), WriteOptions.Validation.IGNORE);
        Optional<ObjectNode> applied = writes.apply(target, change, options);
        if (applied.isPresent()) {
            return applied.get();
        }
        if (!target.subresource().isEmpty()) {
            throw Failures.notFound(target.type(), target.name());
        }
        ObjectNode object = apply.created();
        Json.child(object, "metadata").put("name", target.name());
        return createNamespaced(
                target.type(), writes.createApplied(target.type(), target.namespace(), object, options), options);
    }

    private ObjectNode createNamespaced(ResourceType type, ObjectNode created, WriteOptions options) {
        if (type.equals(ResourceCatalog.NAMESPACES) && !options.dryRun()) {
            bootstrap.fill(this, Json.text(created, "metadata", "name"));
        }
        return created;
    }

    @Override
    public Optional<ObjectNode> edit(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            UnaryOperator<ObjectNode> change,
            WriteOptions options) {
        Subresources.check(type, subresource);
        Target target = new Target(type, namespace, name, subresource);
        return writes.edit(target, change, options);
    }

    @Override
    public ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        ObjectNode answer = deletions.delete(new Target(type, namespace, name, ""), options);
        refill(type, namespace);
        return answer;
    }

    /** What every namespace has comes back when it is deleted, unless the namespace goes as well. */
    private void refill(ResourceType type, String namespace) {
        boolean lacking = Bootstrap.everywhere(type)
                .filter(name -> find(type, namespace, name).isEmpty())
                .isPresent();
        if (lacking
                && find(ResourceCatalog.NAMESPACES, "", namespace)
                        .filter(found -> !Metadata.deleting(found))
                        .isPresent()) {
            bootstrap.fill(this, namespace);
        }
    }

    @Override
    public ObjectNode deleteCollection(ResourceType type, String namespace, ListOptions list, DeleteOptions options) {
        Page page = list(type, namespace, list);
        ObjectNode answer = Json.object();
        answer.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        answer.putObject("metadata").put("resourceVersion", Long.toString(page.revision()));
        ArrayNode items = answer.putArray("items");
        for (ObjectNode object : page.items()) {
            items.add(object);
            JsonNode metadata = object.path("metadata");
            Target target = new Target(type, Json.text(metadata, "namespace"), Json.text(metadata, "name"), "");
            if (find(type, target.namespace(), target.name()).isPresent()) {
                deleteIfThere(target, options);
            }
        }
        refill(type, namespace);
        return answer;
    }

    private void deleteIfThere(Target target, DeleteOptions options) {
        try {
            deletions.deleteObject(target, options);
        } catch (Failure failure) {
            if (failure.code() != 404) {
                throw failure;
            }
        }
    }

    @Override
    public ObjectNode post(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        Target target = new Target(type, namespace, name, "");
        if (type.equals(ResourceCatalog.PODS) && subresource.equals("binding")) {
            return bindings.bind(target, body, options);
        }
        if (type.equals(ResourceCatalog.PODS) && subresource.equals("eviction")) {
            return pods.evict(target, body, options);
        }
        if (type.equals(ResourceCatalog.SERVICE_ACCOUNTS) && subresource.equals("token")) {
            return tokens.issue(get(type, namespace, name), body);
        }
        throw Failures.notFound();
    }

    @Override
    public boolean acceptsToken(String token) {
        return tokens.accepts(token);
    }

    @Override
    public ObjectNode getSubresource(ResourceType type, String namespace, String name, String subresource) {
        Subresources.check(type, subresource);
        return Subresources.view(subresource, get(type, namespace, name));
    }

    @Override
    public Watch watch(ResourceType type, String namespace, WatchOptions options, Consumer<WatchEvent> listener) {
        return watches.watch(type, namespace, options, listener);
    }

    /** Forgets the history, so that watches from an earlier revision get 410. */
    public void compact() {
        store.compact();
    }

    /** Ends all watches and the threads of this API. */
    @Override
    public void close() {
        threads.close();
    }
}
