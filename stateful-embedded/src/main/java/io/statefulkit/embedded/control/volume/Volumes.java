package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Keeps the phases of volumes, and hands claims to {@link ClaimBinding}. Keys without a namespace are volumes. */
public final class Volumes implements Controller {

    private static final ResourceType VOLUMES = ResourceCatalog.PERSISTENT_VOLUMES;
    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;

    private final Cluster cluster;
    private final Binding binding;
    private final ClaimBinding claims;
    private final Set<Key> unbound = ConcurrentHashMap.newKeySet();

    /** Makes the controller. */
    public Volumes(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.binding = new Binding(cluster);
        this.claims = new ClaimBinding(cluster, binding);
    }

    @Override
    public String name() {
        return "persistentvolume-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(VOLUMES, CLAIMS, ResourceCatalog.STORAGE_CLASSES);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(CLAIMS)) {
            claimChanged(change, queue);
        } else if (change.type().equals(VOLUMES)) {
            queue.accept(object.key());
            JsonNode ref = object.spec().path("claimRef");
            if (ref.isObject()) {
                queue.accept(
                        new Key(ref.path("namespace").asText(), ref.path("name").asText()));
            } else {
                unbound.forEach(queue);
                JsonNode before = change.before().spec().path("claimRef");
                if (before.isObject()) {
                    queue.accept(new Key(
                            before.path("namespace").asText(),
                            before.path("name").asText()));
                }
            }
        } else if (!change.deleted()) {
            unbound.forEach(queue);
        }
    }

    private void claimChanged(Change change, Consumer<Key> queue) {
        Resource claim = change.after();
        if (change.deleted()) {
            claims.forget(claim);
        }
        if (change.deleted() || Claims.bound(claim)) {
            unbound.remove(claim.key());
        } else {
            unbound.add(claim.key());
        }
        if (!Claims.volume(claim).isEmpty()) {
            queue.accept(new Key("", Claims.volume(claim)));
        }
        if (!change.deleted() && significant(change)) {
            queue.accept(claim.key());
        }
    }

    /** A change of nothing but annotations that this controller wrote would only repeat events. */
    private static boolean significant(Change change) {
        return change.before() == change.after()
                || !change.before()
                        .annotation(Claims.SELECTED_NODE)
                        .equals(change.after().annotation(Claims.SELECTED_NODE))
                || !change.before().spec().equals(change.after().spec())
                || !change.before().status().equals(change.after().status());
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        if (key.namespace().isEmpty()) {
            cluster.find(VOLUMES, key).ifPresent(this::volume);
        } else {
            return cluster.find(CLAIMS, key).flatMap(this::claim);
        }
        return Optional.empty();
    }

    /** A claim that has no volume is looked at again and again: each time it is told why. */
    private Optional<Duration> claim(Resource claim) {
        claims.sync(claim);
        return Claims.volume(claim).isEmpty() ? Optional.of(ToldClaims.AGAIN) : Optional.empty();
    }

    private void volume(Resource volume) {
        JsonNode ref = volume.spec().path("claimRef");
        if (ref.path("uid").asText("").isEmpty()) {
            binding.phase(volume, "Available");
            return;
        }
        Optional<Resource> claim = cluster.find(
                        CLAIMS, ref.path("namespace").asText(), ref.path("name").asText())
                .filter(there -> there.uid().equals(ref.path("uid").asText()));
        if (claim.isEmpty()) {
            boolean ended = Set.of("Released", "Failed")
                    .contains(volume.status().path("phase").asText(""));
            if (!ended) {
                binding.phase(volume, "Released");
            }
            refuseToDelete(volume);
        } else if (Claims.volume(claim.get()).equals(volume.name())) {
            binding.phase(volume, "Bound");
        }
    }

    /** What somebody made by hand is deleted by nobody. */
    private void refuseToDelete(Resource volume) {
        boolean deletes =
                volume.spec().path("persistentVolumeReclaimPolicy").asText("").equals("Delete");
        boolean made = volume.annotation(Claims.PROVISIONED_BY).isEmpty();
        boolean failed = volume.status().path("phase").asText("").equals("Failed");
        if (!deletes || !made || failed || volume.deleting()) {
            return;
        }
        String path = volume.spec().path("hostPath").path("path").asText("");
        // Below /tmp, Kubernetes does delete it; here it is a directory of this machine, which nobody meant to lose.
        String why = path.isEmpty()
                ? "error getting deleter volume plugin for volume \"" + volume.name()
                        + "\": no deletable volume plugin matched"
                : "host_path deleter only supports /tmp/.+ but received provided " + path;
        binding.phase(volume, "Failed", why);
        cluster.events().warning(volume, "VolumeFailedDelete", why);
    }
}
