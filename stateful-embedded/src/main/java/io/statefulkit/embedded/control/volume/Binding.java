package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.util.Optional;

/** Ties a volume and a claim together, in the order that leaves no claim bound to a volume that does not know it. */
public final class Binding {

    private final Cluster cluster;

    /** Makes bindings in the name of a component. */
    public Binding(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Reserves a volume for a claim. Returns the volume, or empty when another claim was faster. */
    public Optional<Resource> reserve(Resource volume, Resource claim) {
        return cluster.edit(ResourceCatalog.PERSISTENT_VOLUMES, volume, current -> {
                    Resource now = new Resource(current);
                    boolean free = !now.spec().hasNonNull("claimRef");
                    if (free) {
                        Trees.annotate(current, Claims.BOUND_BY_CONTROLLER, "yes");
                    }
                    boolean unfinished =
                            now.spec().path("claimRef").path("uid").asText("").isEmpty();
                    if (free || (Claims.refersTo(now, claim) && unfinished)) {
                        Json.child(current, "spec").set("claimRef", claim.reference());
                    }
                })
                .filter(now -> Claims.refersTo(now, claim));
    }

    void bind(Resource volume, Resource claim) {
        Optional<Resource> reserved = reserve(volume, claim);
        if (reserved.isEmpty()) {
            return;
        }
        phase(reserved.get(), "Bound");
        boolean chosen = Claims.volume(claim).isEmpty();
        Optional<Resource> named = cluster.edit(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim, current -> {
            Json.child(current, "spec").put("volumeName", volume.name());
            Trees.annotate(current, Claims.BIND_COMPLETED, "yes");
            if (chosen) {
                Trees.annotate(current, Claims.BOUND_BY_CONTROLLER, "yes");
            }
        });
        named.ifPresent(now -> finish(now, reserved.get()));
    }

    /** Writes the status that a bound claim has. */
    void finish(Resource claim, Resource volume) {
        cluster.editStatus(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim, current -> {
            ObjectNode status = Trees.status(current);
            status.put("phase", "Bound");
            status.set("accessModes", volume.spec().path("accessModes").deepCopy());
            status.set("capacity", volume.spec().path("capacity").deepCopy());
        });
    }

    void phase(Resource volume, String phase) {
        if (!volume.status().path("phase").asText("").equals(phase)) {
            phase(volume, phase, "");
        }
    }

    void phase(Resource volume, String phase, String message) {
        cluster.editStatus(ResourceCatalog.PERSISTENT_VOLUMES, volume, current -> {
            ObjectNode status = Trees.status(current);
            if (!status.path("phase").asText("").equals(phase)) {
                status.remove("message");
                if (!message.isEmpty()) {
                    status.put("message", message);
                }
                status.put("phase", phase);
                status.put("lastPhaseTransitionTime", Times.seconds(cluster.now()));
            }
        });
    }
}
