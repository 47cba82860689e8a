package io.statefulkit.spec;

import io.statefulkit.spec.pod.Image;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.UserIds;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What all specs can say. Package-private, so that users never see the type parameter. */
abstract class SpecBase<S> {

    private final Settings settings;

    SpecBase(Settings settings) {
        this.settings = settings;
    }

    /** Return the same spec with other settings. */
    abstract S copy(Settings changed);

    /** Return what every workload has. */
    public final Settings settings() {
        return settings;
    }

    /** Return the workload's name. */
    public final String name() {
        return settings.identity().name();
    }

    /** Put all objects into this namespace. Without it, the place of deployment decides. */
    public final S inNamespace(String namespace) {
        return copy(settings.identity(settings.identity().inNamespace(namespace)));
    }

    /** Run this image, for example {@code postgres:17.6-bookworm}. Required. */
    public final S withImage(String reference) {
        return copy(settings.pod(settings.pod().image(Image.of(reference))));
    }

    /** Run as this user and group instead of the image's own. */
    public final S runAs(long uid, long gid) {
        return copy(settings.pod(settings.pod().runAs(new UserIds(uid, gid))));
    }

    /** Keep the data of each replica on its own volume of this size, for example {@code 10Gi}. */
    public final S withVolumeClaimTemplate(String size) {
        return withVolumeClaimTemplate(Claim.named("data").size(size));
    }

    /** Keep the data of each replica on its own volume, made from this template. */
    public final S withVolumeClaimTemplate(Claim template) {
        return copy(settings.storage(new Storage(Storage.Shape.STATEFUL_SET, List.of(template))));
    }

    /** Run this many pods; 1 unless said. Zero is a workload that sleeps and keeps its volumes. */
    public final S withReplicas(int replicas) {
        return copy(settings.rollout(settings.rollout().replicas(replicas)));
    }

    /** Give the server these resources; 250m of CPU and 512Mi of memory unless said. */
    public final S withResources(Resources resources) {
        return copy(settings.pod(settings.pod().resources(resources)));
    }

    /** Give the server this long to stop by itself before it is killed. */
    public final S withShutdown(Duration grace) {
        return copy(settings.pod(settings.pod().grace(grace)));
    }

    /** Change when the probes run. */
    public final S withProbes(UnaryOperator<Probes> change) {
        return copy(
                settings.pod(settings.pod().probes(change.apply(settings.pod().probes()))));
    }

    /** Change what the pod may do; {@link SecurityProfile#RESTRICTED} unless said. */
    public final S withSecurity(SecurityProfile profile) {
        return copy(settings.pod(settings.pod().security(profile)));
    }

    /**
     * Start the server without the lock that keeps a second one off the same volume. Two servers on one volume lose
     * acknowledged writes without an error, so say why that cannot happen here.
     */
    public final S withoutFence(String reason) {
        return copy(settings.pod(settings.pod().unfenced(reason)));
    }
}
