package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StaticVolume.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Claims, templates of claims, and the volumes that are made by hand for them. */
final class Claims {

    private Claims() {}

    /** Return the claims that the server's pods use: the data's, and the one of the backup beside it. */
    static List<Claim> pods(Settings settings) {
        List<Claim> claims = new ArrayList<>(settings.storage().claims());
        settings.extras().sidecarBackup().ifPresent(backup -> claims.add(backup(settings, backup)));
        return claims;
    }

    /** Return the claim of the dumps that are made beside the server. */
    static Claim backup(Settings settings, SidecarBackup backup) {
        boolean template = settings.storage().shape() != Shape.DEPLOYMENT;
        String name = template ? "backup" : settings.identity().name() + "-backup";
        return backup.claim().orElseGet(() -> like(settings, name));
    }

    /** Return a claim of this name, as big as the data's and of the same class. */
    static Claim like(Settings settings, String name) {
        Claim claim = Claim.named(name);
        List<Claim> claims = settings.storage().claims();
        if (claims.isEmpty()) {
            return claim;
        }
        Claim data = claims.get(0);
        Claim sized = data.existing() ? claim : claim.size(data.size().text());
        return data.storageClass().map(sized::storageClass).orElse(sized);
    }

    /** Return the templates of a StatefulSet. */
    static List<PersistentVolumeClaim> templates(Settings settings, Labels labels) {
        return pods(settings).stream()
                .filter(claim -> !claim.existing())
                .map(claim -> new PersistentVolumeClaimBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(claim.name())
                                .withLabels(labels.lasting())
                                .build())
                        .withSpec(spec(claim))
                        .build())
                .toList();
    }

    /** Return a claim as an object of its own. */
    static PersistentVolumeClaim standalone(Claim claim, Labels labels) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(new ObjectMetaBuilder(labels.meta(claim.name()))
                        .withLabels(labels.lasting())
                        .build())
                .withSpec(spec(claim))
                .build();
    }

    /** Return the volumes made by hand for these claims. */
    static List<HasMetadata> volumes(List<Claim> claims, Labels labels) {
        List<HasMetadata> volumes = new ArrayList<>();
        claims.forEach(claim -> claim.volume().ifPresent(volume -> volumes.add(volume(claim, volume, labels))));
        return volumes;
    }

    private static PersistentVolumeClaimSpec spec(Claim claim) {
        return new PersistentVolumeClaimSpecBuilder()
                .withAccessModes(claim.accessMode().text())
                // a volume made by hand has no class; without the empty word the default class would make a new one
                .withStorageClassName(claim.storageClass().orElse(claim.volume().isPresent() ? "" : null))
                .withVolumeName(claim.volume().map(StaticVolume::name).orElse(null))
                .withNewResources()
                .withRequests(Map.of("storage", Quantity.parse(claim.size().text())))
                .endResources()
                .build();
    }

    private static PersistentVolume volume(Claim claim, StaticVolume volume, Labels labels) {
        PersistentVolumeBuilder builder = new PersistentVolumeBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(volume.name())
                        .withLabels(labels.lasting())
                        .build())
                .withNewSpec()
                .withCapacity(Map.of("storage", Quantity.parse(claim.size().text())))
                .withAccessModes(claim.accessMode().text())
                .withPersistentVolumeReclaimPolicy(volume.reclaim().text())
                .withStorageClassName(claim.storageClass().orElse(""))
                .endSpec();
        if (volume.kind() == Kind.LOCAL) {
            builder.editSpec().withNewLocal(null, volume.path()).endSpec();
        } else {
            // A runtime makes a directory that is missing, but nobody one whose folders are mounted.
            builder.editSpec()
                    .withNewHostPath(volume.path(), "DirectoryOrCreate")
                    .endSpec();
        }
        volume.node().ifPresent(node -> onNode(builder, node));
        return builder.build();
    }

    private static void onNode(PersistentVolumeBuilder builder, String node) {
        builder.editSpec()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("kubernetes.io/hostname")
                .withOperator("In")
                .withValues(node)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec();
    }
}
