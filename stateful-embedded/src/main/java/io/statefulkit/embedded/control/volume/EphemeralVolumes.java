package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the claims of volumes that live as long as their pod; they go with it, as it owns them. */
public final class EphemeralVolumes implements Controller {

    private static final ResourceType PODS = ResourceCatalog.PODS;
    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;

    /** How the keys of claims that are gone begin; others are those of pods. */
    private static final String CLAIM = "claim/";

    private final Cluster cluster;

    /** Makes the controller. */
    public EphemeralVolumes(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
    }

    @Override
    public String name() {
        return "ephemeral_volume";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(PODS, CLAIMS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(PODS)) {
            if (change.before() == object && !change.deleted() && Claims.anyEphemeral(object)) {
                queue.accept(object.key());
            }
        } else if (change.deleted()) {
            // One that somebody deleted before its pod used it is made again; another's is no longer in the way.
            queue.accept(new Key(object.namespace(), CLAIM + object.name()));
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        if (key.name().startsWith(CLAIM)) {
            String gone = key.name().substring(CLAIM.length());
            cluster.list(PODS, key.namespace()).stream()
                    .filter(pod -> Claims.ephemeral(pod, gone))
                    .forEach(this::claims);
        } else {
            cluster.find(PODS, key).ifPresent(this::claims);
        }
        return Optional.empty();
    }

    private void claims(Resource pod) {
        if (!Pods.active(pod)) {
            return;
        }
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.hasNonNull("ephemeral")) {
                claim(pod, volume);
            }
        }
    }

    private void claim(Resource pod, JsonNode volume) {
        String name = Claims.ofEphemeral(pod, volume);
        Optional<Resource> found = cluster.find(CLAIMS, pod.namespace(), name);
        Optional<Failure> refused = Optional.empty();
        if (found.isEmpty()) {
            refused = create(pod, name, volume.path("ephemeral").path("volumeClaimTemplate"));
        }
        Optional<String> problem = found.isPresent()
                ? Claims.notOf(pod, found.get())
                : refused.map(failure -> "create PVC " + name + ": " + failure.getMessage());
        problem.ifPresent(why -> cluster.events()
                .warning(
                        pod,
                        "FailedBinding",
                        "ephemeral volume " + volume.path("name").asText("") + ": " + why));
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    private Optional<Failure> create(Resource pod, String name, JsonNode template) {
        ObjectNode claim = Json.object().put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
        ObjectNode metadata = claim.putObject("metadata").put("name", name);
        for (String field : new String[] {"annotations", "labels"}) {
            if (template.path("metadata").hasNonNull(field)) {
                metadata.set(field, template.path("metadata").path(field).deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(pod));
        claim.set("spec", template.path("spec").deepCopy());
        try {
            cluster.create(CLAIMS, pod.namespace(), claim);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }
}
