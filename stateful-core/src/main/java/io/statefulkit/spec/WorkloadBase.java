package io.statefulkit.spec;

import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.ContainerSpec;
import io.statefulkit.spec.pod.Exposure;
import io.statefulkit.spec.pod.Image;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.Spread;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.pod.UserIds;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.Retention;
import io.statefulkit.spec.storage.Size;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What can be said about the pods of every workload. */
abstract class WorkloadBase<S> extends SpecBase<S> {

    WorkloadBase(Settings settings) {
        super(settings);
    }

    final S pod(PodSettings changed) {
        return copy(settings().pod(changed));
    }

    private S rollout(Rollout changed) {
        return copy(settings().rollout(changed));
    }

    final S storage(Storage changed) {
        return copy(settings().storage(changed));
    }

    /** Run this image, for example {@code postgres:17.6-bookworm}. Required. */
    public final S withImage(String reference) {
        return pod(settings().pod().image(Image.of(reference)));
    }

    /** Run as this user and group instead of the image's own. */
    public final S runAs(long uid, long gid) {
        return pod(settings().pod().runAs(new UserIds(uid, gid)));
    }

    /** Give the server these resources; 250m of CPU and 512Mi of memory unless said. */
    public final S withResources(Resources resources) {
        return pod(settings().pod().resources(resources));
    }

    /** Make {@code /dev/shm} this big. It counts against the memory limit. */
    public final S withSharedMemory(String size) {
        return pod(settings().pod().sharedMemory(Size.of(size)));
    }

    /** Give the server this long to stop by itself before it is killed. */
    public final S withShutdown(Duration grace) {
        return pod(settings().pod().grace(grace));
    }

    /** Change when the probes run. */
    public final S withProbes(UnaryOperator<Probes> change) {
        return pod(settings().pod().probes(change.apply(settings().pod().probes())));
    }

    /** Change what the pod may do; {@link SecurityProfile#RESTRICTED} unless said. */
    public final S withSecurity(SecurityProfile profile) {
        return pod(settings().pod().security(profile));
    }

    /** Run a container beside the server. It shares the server's restarts, so prefer a workload of its own. */
    public final S withSidecar(String name, UnaryOperator<ContainerSpec> describe) {
        return pod(settings()
                .pod()
                .sidecars(added(settings().pod().sidecars(), describe.apply(ContainerSpec.named(name)))));
    }

    /**
     * Start the server without the lock that keeps a second one off the same volume. Two servers on one volume lose
     * acknowledged writes without an error, so say why that cannot happen here.
     */
    public final S withoutFence(String reason) {
        return pod(settings().pod().unfenced(reason));
    }

    /** Run this many pods; 1 unless said. Zero is a workload that sleeps and keeps its volumes. */
    public final S withReplicas(int replicas) {
        return rollout(settings().rollout().replicas(replicas));
    }

    /** Change how pods are replaced when the spec changes. */
    public final S withUpdate(UpdateStrategy strategy) {
        return rollout(settings().rollout().update(strategy));
    }

    /** Number the pods from here on; 0 unless said. */
    public final S withOrdinalsFrom(int first) {
        return rollout(settings().rollout().firstOrdinal(first));
    }

    /** Say how far apart the pods run. */
    public final S withSpread(Spread spread) {
        return rollout(settings().rollout().spread(spread));
    }

    /** Say how many pods may be evicted at once. */
    public final S withDisruptionBudget(Budget budget) {
        return rollout(settings().rollout().budget(budget));
    }

    /** Create this storage class too. */
    public final S withStorageClass(StorageClassSpec storageClass) {
        return storage(settings().storage().classes(added(settings().storage().classes(), storageClass)));
    }

    /** Say what happens to volumes when the StatefulSet is deleted or scaled down; they stay unless said. */
    public final S withVolumeRetention(Reclaim whenDeleted, Reclaim whenScaled) {
        return storage(settings().storage().retention(new Retention(whenDeleted, whenScaled)));
    }

    /**
     * Give the volumes to the server's user before it starts, by a container that runs as root for a moment. For directories
     * of nodes, whose owner Kubernetes does not change. Namespaces that enforce restricted pods do not admit it.
     */
    public final S withVolumePermissionsInit() {
        return storage(settings().storage().withOwner());
    }

    /** Say who can reach the client Service; the cluster only unless said. */
    public final S withExposure(Exposure exposure) {
        return copy(settings().network(settings().network().exposure(exposure)));
    }

    /** Let only pods with these labels, of the same namespace, connect. Can be said several times. */
    public final S allowFrom(Map<String, String> podLabels) {
        return copy(settings()
                .network(settings().network().allowed(added(settings().network().allowed(), podLabels))));
    }
}
