package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/** What the controllers have in common that write down which pods are behind which service. */
abstract class ServiceController implements Controller {

    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

    private final String name;
    private final Cluster cluster;
    private final ServiceBackends backends = new ServiceBackends();

    ServiceController(Api api, Clock clock, String name) {
        this.name = name;
        this.cluster = new Cluster(api, clock, name);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<ResourceType> watches() {
        return Set.of(ResourceCatalog.SERVICES, ResourceCatalog.PODS);
    }

    @Override
    public final void changed(Change change, Consumer<Key> queue) {
        backends.changed(change, queue);
    }

    final Cluster cluster() {
        return cluster;
    }

    /** Creates what is written about a service, unless its namespace goes away. */
    final void create(ResourceType type, Resource service, ObjectNode body) {
        touch(body);
        try {
            cluster.create(type, service.namespace(), body);
        } catch (Failure e) {
            if (e.code() != 403 && e.code() != 404) {
                throw e;
            }
        }
    }

    /** Writes down when something last changed. */
    final void touch(ObjectNode object) {
        Trees.annotate(object, TRIGGER_TIME, Times.seconds(cluster.now()));
    }

    /** Returns the labels of the service, and who manages what is written about it. */
    static ObjectNode labels(Resource service, String managedBy, String manager) {
        ObjectNode labels = Json.object();
        service.labels().forEach(labels::put);
        labels.put(managedBy, manager);
        if (ServiceBackends.headless(service)) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }
}
