package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.quota.PodRequests;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.ControlPlane;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes a directory and a volume for each claim that names it, and removes both when the claim is gone. */
public final class LocalPathProvisioner implements Controller {

    /** The name that storage classes use. */
    public static final String NAME = "rancher.io/local-path";

    private static final ResourceType VOLUMES = ResourceCatalog.PERSISTENT_VOLUMES;
    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
    private static final Set<String> MODES = Set.of("ReadWriteOnce", "ReadWriteOncePod");

    private final Cluster cluster;
    private final Binding binding;
    private final Directories directories;

    /**
     * Makes the provisioner.
     *
     * @param root where directories are made; whoever runs containers must be able to pass through it
     * @param sized whether each holds no more than its claim asks for
     */
    public LocalPathProvisioner(Api api, Clock clock, Path root, boolean sized) {
        // A provisioner reports under a name that tells its instances apart.
        this.cluster = new Cluster(api, clock, NAME + "_" + ControlPlane.HOST + "_" + UUID.randomUUID());
        this.binding = new Binding(cluster);
        this.directories = new Directories(root.toAbsolutePath().normalize(), sized);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(VOLUMES, CLAIMS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.deleted()) {
            return;
        }
        boolean claim = change.type().equals(CLAIMS);
        if (claim && object.annotation(Claims.PROVISIONER).equals(NAME)) {
            queue.accept(object.key());
        } else if (!claim && object.status().path("phase").asText("").equals("Released")) {
            queue.accept(object.key());
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        if (key.namespace().isEmpty()) {
            cluster.find(VOLUMES, key).ifPresent(this::reclaim);
        } else {
            cluster.find(CLAIMS, key).ifPresent(this::provision);
        }
        return Optional.empty();
    }

    private void provision(Resource claim) {
        boolean wanted = Claims.volume(claim).isEmpty()
                && !claim.deleting()
                && claim.annotation(Claims.PROVISIONER).equals(NAME);
        Optional<Resource> storageClass = cluster.find(ResourceCatalog.STORAGE_CLASSES, "", Claims.storageClass(claim));
        String name = "pvc-" + claim.uid();
        if (!wanted || storageClass.isEmpty() || cluster.find(VOLUMES, "", name).isPresent()) {
            return;
        }
        Optional<String> node = node(claim, storageClass.get());
        if (node.isEmpty()) {
            return;
        }
        cluster.events()
                .normal(
                        claim,
                        "Provisioning",
                        "External provisioner is provisioning volume for claim \"" + claim.key() + "\"");
        for (var mode : claim.spec().path("accessModes")) {
            if (!MODES.contains(mode.asText())) {
                failed(
                        claim,
                        storageClass.get(),
                        "NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes");
                return;
            }
        }
        create(claim, storageClass.get(), node.get(), name);
    }

    private void create(Resource claim, Resource storageClass, String node, String name) {
        Path directory;
        try {
            directory = directories.make(name + "_" + claim.namespace() + "_" + claim.name(), size(claim));
        } catch (IOException e) {
            failed(claim, storageClass, e.toString());
            throw new UncheckedIOException(e);
        }
        try {
            cluster.create(VOLUMES, "", volume(claim, storageClass, node, directory));
        } catch (Failure e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
        cluster.events().normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + name);
    }

    private static long size(Resource claim) {
        return PodRequests.amount(
                        claim.spec().path("resources").path("requests").path("storage"))
                .longValue();
    }

    private void failed(Resource claim, Resource storageClass, String why) {
        cluster.events()
                .warning(
                        claim,
                        "ProvisioningFailed",
                        "failed to provision volume with StorageClass \"" + storageClass.name() + "\": " + why);
    }

    /** The node of the first consumer, or any when the class does not wait for one. */
    private Optional<String> node(Resource claim, Resource storageClass) {
        String selected = claim.annotation(Claims.SELECTED_NODE);
        if (!selected.isEmpty()) {
            return Optional.of(selected);
        }
        if (storageClass.json().path("volumeBindingMode").asText("").equals("WaitForFirstConsumer")) {
            return Optional.empty();
        }
        return cluster.list(ResourceCatalog.NODES, "").stream()
                .map(Resource::name)
                .findFirst();
    }

    private static ObjectNode volume(Resource claim, Resource storageClass, String node, Path directory) {
        ObjectNode volume = Json.object();
        volume.put("kind", "PersistentVolume").put("apiVersion", "v1");
        ObjectNode metadata = volume.putObject("metadata").put("name", "pvc-" + claim.uid());
        metadata.putObject("annotations")
                .put("local.path.provisioner/selected-node", node)
                .put(Claims.PROVISIONED_BY, NAME);
        ObjectNode spec = volume.putObject("spec");
        spec.set("capacity", claim.spec().path("resources").path("requests").deepCopy());
        spec.putObject("hostPath").put("path", directory.toString()).put("type", "DirectoryOrCreate");
        spec.set("accessModes", claim.spec().path("accessModes").deepCopy());
        spec.set("claimRef", claim.reference());
        spec.put(
                "persistentVolumeReclaimPolicy",
                storageClass.json().path("reclaimPolicy").asText("Delete"));
        spec.put("storageClassName", storageClass.name());
        spec.put("volumeMode", claim.spec().path("volumeMode").asText("Filesystem"));
        spec.putObject("nodeAffinity")
                .putObject("required")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchExpressions")
                .addObject()
                .put("key", "kubernetes.io/hostname")
                .put("operator", "In")
                .putArray("values")
                .add(node);
        return volume;
    }

    private void reclaim(Resource volume) {
        boolean released = volume.status().path("phase").asText("").equals("Released");
        boolean deletes =
                volume.spec().path("persistentVolumeReclaimPolicy").asText("").equals("Delete");
        boolean own = volume.annotation(Claims.PROVISIONED_BY).equals(NAME);
        if (!released || !deletes || !own || volume.deleting()) {
            return;
        }
        Path directory = Path.of(volume.spec().path("hostPath").path("path").asText(""));
        if (!directories.contains(directory)) {
            cannotDelete(volume, "it is not a directory that this provisioner made: " + directory);
            return;
        }
        try {
            directories.remove(directory);
        } catch (IOException e) {
            cluster.events().warning(volume, "VolumeFailedDelete", e.toString());
            throw new UncheckedIOException(e);
        }
        cluster.delete(VOLUMES, volume);
    }

    private void cannotDelete(Resource volume, String why) {
        binding.phase(volume, "Failed", why);
        cluster.events().warning(volume, "VolumeFailedDelete", why);
    }
}
