package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
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
import io.statefulkit.embedded.api.read.Reads;
import io.statefulkit.embedded.api.read.Watches;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.write.Deletions;
import io.statefulkit.embedded.api.write.PodBinding;
import io.statefulkit.embedded.api.write.PodPosts;
import io.statefulkit.embedded.api.write.ServiceAccountTokens;
import io.statefulkit.embedded.api.write.Subresources;
import io.statefulkit.embedded.api.write.Writes;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The API server without its socket, over a store of its own in memory. Namespaces, the default storage class and the
 * service {@code kubernetes} are there from the start.
 */
public final class StoreApi implements Api, AutoCloseable {

    private final ResourceCatalog catalog = new ResourceCatalog();
    private final ApiThreads threads = new ApiThreads();
    private final ObjectStore store = new ObjectStore(threads.dispatcher());
    private final Reads reads = new Reads(store);
    private final Watches watches = new Watches(store, threads.timer());
    private final Writes writes;
    private final NamespaceContents contents;
    private final Changes changes;
    private final Removals removals;
    private final PodPosts pods;
    private final PodBinding bindings;
    private final ServiceAccountTokens tokens;

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
        this.tokens = new ServiceAccountTokens(store, clock);
        Admission admission = new Admission(store, serviceNetwork, clock);
        this.writes = new Writes(store, admission, clock);
        Deletions deletions = new Deletions(store, admission, clock);
        Bootstrap bootstrap = new Bootstrap(rootCertificate);
        this.contents = new NamespaceContents(this, bootstrap);
        this.changes = new Changes(writes, contents, clock);
        this.removals = new Removals(this, deletions, contents);
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
    public long revision() {
        return store.revision();
    }

    @Override
    public Page list(ResourceType type, String namespace, ListOptions options) {
        return reads.list(type, namespace, options);
    }

    @Override
    public ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return contents.fill(type, writes.create(type, namespace, body, options), options);
    }

    @Override
    public ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options) {
        return changes.update(new Target(type, namespace, name, subresource), body, options);
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
        return changes.patch(new Target(type, namespace, name, subresource), patchType, patch, options);
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
        return removals.delete(type, namespace, name, options);
    }

    @Override
    public ObjectNode deleteCollection(ResourceType type, String namespace, ListOptions list, DeleteOptions options) {
        return removals.deleteAll(type, namespace, list, options);
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
