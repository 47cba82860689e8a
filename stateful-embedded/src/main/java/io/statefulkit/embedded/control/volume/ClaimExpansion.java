package io.statefulkit.embedded.control.volume;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a claim that asks for more than its volume has that somebody else has to see to it: like the provisioner of local
 * paths, this cluster makes no volume larger.
 */
public final class ClaimExpansion implements Controller {

    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;

    private final Cluster cluster;

    /** Makes the controller. */
    public ClaimExpansion(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
    }

    @Override
    public String name() {
        return "volume_expand";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(CLAIMS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        boolean more = Claims.requested(change.after()).compareTo(Claims.requested(change.before())) > 0;
        if (!change.deleted() && more) {
            queue.accept(change.after().key());
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        cluster.find(CLAIMS, key)
                .filter(Claims::bound)
                .filter(ClaimExpansion::tooSmall)
                .ifPresent(claim -> cluster.events()
                        .normal(claim, "ExternalExpanding", "waiting for an external controller to expand this PVC"));
        return Optional.empty();
    }

    private static boolean tooSmall(Resource claim) {
        return Claims.requested(claim).compareTo(Claims.granted(claim)) > 0;
    }
}
