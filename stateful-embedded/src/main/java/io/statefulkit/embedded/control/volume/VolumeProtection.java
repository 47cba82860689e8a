package io.statefulkit.embedded.control.volume;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Lets deleted claims and volumes go once nothing uses them. Keys without a namespace are volumes. */
public final class VolumeProtection implements Controller {

    private static final ResourceType VOLUMES = ResourceCatalog.PERSISTENT_VOLUMES;
    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
    private static final String CLAIM_FINALIZER = "kubernetes.io/pvc-protection";
    private static final String VOLUME_FINALIZER = "kubernetes.io/pv-protection";

    private final Cluster cluster;

    /** Makes the controller. */
    public VolumeProtection(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
    }

    @Override
    public String name() {
        return "volume-protection-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(VOLUMES, CLAIMS, ResourceCatalog.PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(ResourceCatalog.PODS)) {
            if (change.deleted()) {
                Claims.of(object).forEach(claim -> queue.accept(new Key(object.namespace(), claim)));
            }
        } else if (!change.deleted() && object.deleting()) {
            queue.accept(object.key());
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        if (key.namespace().isEmpty()) {
            cluster.find(VOLUMES, key)
                    .filter(volume -> volume.deleting() && volume.hasFinalizer(VOLUME_FINALIZER))
                    .filter(volume -> !volume.status().path("phase").asText("").equals("Bound"))
                    .ifPresent(
                            volume -> cluster.edit(VOLUMES, volume, it -> Trees.removeFinalizer(it, VOLUME_FINALIZER)));
        } else {
            cluster.find(CLAIMS, key)
                    .filter(claim -> claim.deleting() && claim.hasFinalizer(CLAIM_FINALIZER))
                    .filter(claim -> !used(claim))
                    .ifPresent(claim -> cluster.edit(CLAIMS, claim, it -> Trees.removeFinalizer(it, CLAIM_FINALIZER)));
        }
        return Optional.empty();
    }

    /** Finished pods count as well: their object still refers to the claim. */
    private boolean used(Resource claim) {
        return cluster.list(ResourceCatalog.PODS, claim.namespace()).stream()
                .filter(pod -> pod.spec().hasNonNull("nodeName"))
                .anyMatch(pod -> Claims.of(pod).contains(claim.name()));
    }
}
