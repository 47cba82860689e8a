package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.quota.LimitRanges;
import io.statefulkit.embedded.api.quota.Quotas;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the cluster adds to objects or refuses, beyond what their kind says. */
public final class Admission {

    private static final Set<String> UNDELETABLE = Set.of("default", "kube-system", "kube-public");

    private final ObjectStore store;
    private final PodAdmission pods;
    private final ServiceAddresses addresses;
    private final LimitRanges limits;
    private final Quotas quotas;

    public Admission(ObjectStore store, String serviceNetwork, Clock clock) {
        this.addresses = new ServiceAddresses(serviceNetwork);
        this.store = store;
        this.pods = new PodAdmission(store);
        this.limits = new LimitRanges(store);
        this.quotas = new Quotas(store, clock);
    }

    /** Refuses new objects in a namespace that is not there or is going. */
    public void namespace(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        ObjectNode found = store.get(Target.key(ResourceCatalog.NAMESPACES, "", namespace))
                .orElseThrow(() -> Failures.notFound(ResourceCatalog.NAMESPACES, namespace));
        if (Metadata.deleting(found)) {
            throw Failures.namespaceTerminating(type, name, namespace);
        }
    }

    public void create(ResourceType type, String namespace, ObjectNode object) {
        if (type.equals(ResourceCatalog.PODS)) {
            pods.admit(namespace, object);
            limits.fill(namespace, object);
        } else if (type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            DefaultStorageClass.assign(store, object);
            addFinalizer(object, "kubernetes.io/pvc-protection");
        } else if (type.equals(ResourceCatalog.PERSISTENT_VOLUMES)) {
            addFinalizer(object, "kubernetes.io/pv-protection");
        }
    }

    /** Refuses new objects that are valid but out of range here. */
    public void check(ResourceType type, String namespace, ObjectNode object) {
        if (type.equals(ResourceCatalog.PODS) || type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            limits.check(type, namespace, object);
        }
    }

    /** Refuses changes that are valid but not possible here. */
    public void update(ResourceType type, ObjectNode old, ObjectNode next) {
        if (type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            ClaimResize.check(store, old, next);
        }
    }

    public void delete(ResourceType type, String name) {
        if (type.equals(ResourceCatalog.NAMESPACES) && UNDELETABLE.contains(name)) {
            throw Failures.forbidden(type, name, "this namespace may not be deleted");
        }
    }

    /** Stores an object with what has to be reserved for it; what replaces nothing comes with an empty old object. */
    public Optional<ObjectNode> storing(
            ResourceType type, ObjectNode old, ObjectNode object, Supplier<Optional<ObjectNode>> action) {
        return quotas.counting(type, old, object, () -> reserving(type, old, object, action));
    }

    private Optional<ObjectNode> reserving(
            ResourceType type, ObjectNode old, ObjectNode object, Supplier<Optional<ObjectNode>> action) {
        if (!type.equals(ResourceCatalog.SERVICES)) {
            return action.get();
        }
        Runnable undo = addresses.reserve(old, object);
        Optional<ObjectNode> stored = action.get();
        if (stored.isEmpty()) {
            undo.run();
        } else {
            addresses.release(old, object);
        }
        return stored;
    }

    /** Shows what an object would get, without keeping it. */
    public ObjectNode dryRun(ResourceType type, ObjectNode old, ObjectNode object) {
        quotas.check(type, old, object);
        if (type.equals(ResourceCatalog.SERVICES)) {
            addresses.reserve(old, object).run();
        }
        return object;
    }

    /** Gives back what was reserved for an object that is gone. */
    public ObjectNode removed(ResourceType type, ObjectNode object) {
        if (type.equals(ResourceCatalog.SERVICES)) {
            addresses.release(object, Json.object());
        }
        return object;
    }

    private static void addFinalizer(ObjectNode object, String finalizer) {
        ArrayNode finalizers = Json.child(object, "metadata").withArray("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            if (finalizers.path(i).asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }
}
