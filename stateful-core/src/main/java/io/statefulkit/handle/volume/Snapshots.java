package io.statefulkit.handle.volume;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Takes snapshots of a volume where the cluster has a CSI driver that can. */
@NotApi
public record Snapshots(Place place) {

    private static final String GROUP = "snapshot.storage.k8s.io";
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion("v1")
            .withKind("VolumeSnapshot")
            .withPlural("volumesnapshots")
            .withNamespaced(true)
            .build();

    /**
     * Takes a snapshot and waits until it can be used.
     *
     * @param checkpoint lets the server write what it has, so that a restore has less to replay
     * @return the name of the VolumeSnapshot
     * @throws IllegalStateException when it is not ready in time; drivers may try again and again after an error
     */
    public String take(String claim, Runnable checkpoint) {
        if (place.client().getApiGroup(GROUP) == null) {
            throw new UnsupportedOperationException("a snapshot of claim " + claim + " of " + place.ref()
                    + " cannot be taken: the cluster has no " + GROUP
                    + "\n  do: install the snapshot controller and a CSI"
                    + " driver that takes snapshots, or use backups, which need neither");
        }
        checkpoint.run();
        String name = claim + "-" + Long.toString(System.currentTimeMillis(), 36);
        GenericKubernetesResource snapshot = new GenericKubernetesResourceBuilder()
                .withApiVersion(GROUP + "/v1")
                .withKind("VolumeSnapshot")
                .withNewMetadata()
                .withName(name)
                .withLabels(place.labels())
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("source", Map.of("persistentVolumeClaimName", claim)))
                .build();
        var snapshots = place.client().genericKubernetesResources(KIND).inNamespace(place.namespace());
        snapshots.resource(snapshot).create();
        long millis = place.waiting().patience().timeout().toMillis();
        AtomicReference<Object> error = new AtomicReference<>("the driver says nothing about it");
        try {
            snapshots.withName(name).waitUntilCondition(now -> ready(now, error), millis, TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new IllegalStateException(
                    "snapshot " + name + " of claim " + claim + " is not ready to use after " + millis / 1000 + " s: "
                            + error.get() + "\n  do: see kubectl describe volumesnapshot " + name
                            + ", and delete it when it is of no use",
                    e);
        }
        return name;
    }

    private static boolean ready(@Nullable GenericKubernetesResource snapshot, AtomicReference<Object> error) {
        if (snapshot == null) {
            return false;
        }
        Object message = snapshot.get("status", "error", "message");
        if (message != null) {
            error.set(message);
        }
        return Boolean.TRUE.equals(snapshot.get("status", "readyToUse"));
    }
}
