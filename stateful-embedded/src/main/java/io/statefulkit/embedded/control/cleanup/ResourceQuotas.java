package io.statefulkit.embedded.control.cleanup;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.quota.QuotaUsage;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Counts what is used of resource quotas, for what goes: what comes is counted as it is admitted. */
public final class ResourceQuotas implements Controller {

    private static final ResourceType QUOTAS = ResourceCatalog.RESOURCE_QUOTAS;
    /** Not counted by anybody, and many. */
    private static final Set<ResourceType> IGNORED = Set.of(ResourceCatalog.EVENTS, ResourceCatalog.LEASES);

    private final Cluster cluster;
    private final Set<Key> quotas = ConcurrentHashMap.newKeySet();

    /** Makes the controller. */
    public ResourceQuotas(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
    }

    @Override
    public String name() {
        return "resourcequota-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return cluster.api().catalog().types().stream()
                .filter(ResourceType::namespaced)
                .filter(type -> !IGNORED.contains(type))
                .collect(Collectors.toSet());
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(QUOTAS)) {
            if (change.deleted()) {
                quotas.remove(object.key());
            } else {
                quotas.add(object.key());
                queue.accept(object.key());
            }
        }
        for (Key quota : quotas) {
            if (quota.namespace().equals(object.namespace())) {
                queue.accept(quota);
            }
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        cluster.find(QUOTAS, key).filter(quota -> !quota.deleting()).ifPresent(this::count);
        return Optional.empty();
    }

    private void count(Resource quota) {
        Api api = cluster.api();
        cluster.editStatus(QUOTAS, quota, current -> {
            var status = QuotaUsage.status(
                    current,
                    api.catalog().types(),
                    type -> api.list(type, quota.namespace(), ListOptions.ALL).items(),
                    cluster.now());
            if (!Json.same(current.path("status"), status)) {
                current.set("status", status);
            }
        });
    }
}
