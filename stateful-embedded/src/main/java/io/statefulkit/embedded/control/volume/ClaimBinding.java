package io.statefulkit.embedded.control.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to a claim: bound, provisioned, waiting, or lost. */
final class ClaimBinding {

    /** What Kubernetes itself would have to provision, and does not any more. */
    private static final String IN_TREE = "kubernetes.io/";

    private static final ResourceType CLAIMS = ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;

    private final Cluster cluster;
    private final Binding binding;
    private final ToldClaims told = new ToldClaims();

    ClaimBinding(Cluster cluster, Binding binding) {
        this.cluster = cluster;
        this.binding = binding;
    }

    /** Forgets a claim that is gone. Safe for many threads. */
    void forget(Resource claim) {
        told.forget(claim);
    }

    void sync(Resource claim) {
        if (Claims.bound(claim)) {
            told.forget(claim);
            bound(claim);
        } else if (!Claims.volume(claim).isEmpty()) {
            named(claim);
        } else {
            free(claim);
        }
    }

    private void bound(Resource claim) {
        Optional<Resource> volume = cluster.find(ResourceCatalog.PERSISTENT_VOLUMES, "", Claims.volume(claim));
        boolean unclaimed =
                volume.filter(there -> !there.spec().hasNonNull("claimRef")).isPresent();
        if (volume.isEmpty()) {
            lost(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        } else if (unclaimed) {
            // Somebody took the reference away: the claim still has its volume.
            binding.bind(volume.get(), claim);
        } else if (!Claims.refersTo(volume.get(), claim)) {
            lost(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
        } else if (!phase(claim).equals("Bound")) {
            binding.bind(volume.get(), claim);
        }
    }

    private void lost(Resource claim, String reason, String message) {
        if (phase(claim).equals("Lost")) {
            return;
        }
        cluster.editStatus(CLAIMS, claim, current -> {
            Trees.status(current).put("phase", "Lost");
            Trees.status(current).remove(List.of("accessModes", "capacity"));
        });
        cluster.events().warning(claim, reason, message);
    }

    private void named(Resource claim) {
        Optional<Resource> found = cluster.find(ResourceCatalog.PERSISTENT_VOLUMES, "", Claims.volume(claim));
        if (found.isEmpty()) {
            return;
        }
        Resource volume = found.get();
        if (Claims.refersTo(volume, claim)) {
            binding.bind(volume, claim);
        } else if (volume.spec().hasNonNull("claimRef")) {
            cluster.events()
                    .warning(
                            claim,
                            "FailedBinding",
                            "volume \"" + volume.name() + "\" already bound to a different claim.");
        } else {
            Optional<String> mismatch = Matching.mismatch(claim, volume);
            if (mismatch.isEmpty()) {
                binding.bind(volume, claim);
            } else {
                cluster.events()
                        .warning(
                                claim,
                                "VolumeMismatch",
                                "Cannot bind to requested volume \"" + volume.name() + "\": " + mismatch.get());
            }
        }
    }

    private void free(Resource claim) {
        Optional<Resource> storageClass = Claims.storageClass(claim).isEmpty()
                ? Optional.empty()
                : cluster.find(ResourceCatalog.STORAGE_CLASSES, "", Claims.storageClass(claim));
        boolean waits = storageClass
                .filter(found ->
                        found.json().path("volumeBindingMode").asText("").equals("WaitForFirstConsumer"))
                .isPresent();
        String node = claim.annotation(Claims.SELECTED_NODE);
        Optional<Resource> match = Matching.find(
                claim,
                cluster.list(ResourceCatalog.PERSISTENT_VOLUMES, ""),
                cluster.find(ResourceCatalog.NODES, "", node));
        boolean reserved =
                match.filter(volume -> Claims.refersTo(volume, claim)).isPresent();
        if (match.isPresent() && (!waits || reserved || !node.isEmpty())) {
            binding.bind(match.get(), claim);
            return;
        }
        boolean first = told.first(claim);
        if (!told.due(claim, storageClass, cluster.now())) {
            return;
        }
        try {
            if (waits) {
                announce(claim, first, node);
            }
            if (!waits || !node.isEmpty()) {
                provision(claim, storageClass);
            }
        } catch (Failure e) {
            told.forget(claim);
            throw e;
        }
    }

    /** A claim is told that it waits even when its consumer was faster than this controller. */
    private void announce(Resource claim, boolean first, String node) {
        String pods = first || !node.isEmpty() ? "" : unscheduled(claim);
        if (!pods.isEmpty()) {
            String noun = pods.contains(",") ? "pods " : "pod ";
            cluster.events().normal(claim, "WaitForPodScheduled", "waiting for " + noun + pods + " to be scheduled");
        } else if (first || node.isEmpty()) {
            cluster.events()
                    .normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        }
    }

    private String unscheduled(Resource claim) {
        return cluster.list(ResourceCatalog.PODS, claim.namespace()).stream()
                .filter(pod -> !pod.spec().hasNonNull("nodeName") && !Pods.terminal(pod))
                .filter(pod -> Claims.of(pod).contains(claim.name()))
                .map(Resource::name)
                .collect(Collectors.joining(","));
    }

    private void provision(Resource claim, Optional<Resource> storageClass) {
        if (Claims.storageClass(claim).isEmpty()) {
            cluster.events()
                    .normal(
                            claim,
                            "FailedBinding",
                            "no persistent volumes available for this claim and no storage class is set");
            return;
        }
        if (storageClass.isEmpty()) {
            cluster.events()
                    .warning(
                            claim,
                            "ProvisioningFailed",
                            "storageclass.storage.k8s.io \"" + Claims.storageClass(claim) + "\" not found");
            return;
        }
        JsonNode provisioner = storageClass.get().json().path("provisioner");
        if (provisioner.asText().startsWith(IN_TREE)) {
            cluster.events()
                    .warning(claim, "ProvisioningFailed", "no volume plugin matched name: " + provisioner.asText());
            return;
        }
        // Told first: the provisioner begins, and tells so, as soon as it is named.
        cluster.events()
                .normal(
                        claim,
                        "ExternalProvisioning",
                        "Waiting for a volume to be created either by the external provisioner '" + provisioner.asText()
                                + "' or manually by the system administrator. If volume creation is delayed, please verify"
                                + " that the provisioner is running and correctly registered.");
        cluster.edit(CLAIMS, claim, current -> {
            Trees.annotate(current, Claims.PROVISIONER_BETA, provisioner.asText());
            Trees.annotate(current, Claims.PROVISIONER, provisioner.asText());
        });
    }

    private static String phase(Resource claim) {
        return claim.status().path("phase").asText("");
    }
}
