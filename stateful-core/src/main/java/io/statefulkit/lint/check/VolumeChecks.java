package io.statefulkit.lint.check;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.objects.Manifest;
import io.statefulkit.lint.objects.Pods;
import java.math.BigDecimal;
import java.util.Optional;

/** Volumes made by hand, and classes of storage. */
final class VolumeChecks {

    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private VolumeChecks() {}

    static void look(Manifest manifest, Findings findings) {
        manifest.all(StorageClass.class).forEach(storageClass -> binding(storageClass, findings));
        manifest.all(PersistentVolume.class).forEach(volume -> node(volume, findings));
        manifest.all(PersistentVolumeClaim.class).forEach(claim -> {
            match(manifest, claim, findings);
            reclaim(manifest, claim, findings);
            className(manifest, "PersistentVolumeClaim/" + claim.getMetadata().getName(), claim, findings);
        });
        for (Pods pods : manifest.pods()) {
            pods.templates().forEach(template -> {
                handmade(manifest, pods, template, findings);
                className(manifest, pods.path(), template, findings);
            });
            ownership(manifest, pods, findings);
        }
    }

    private static void binding(StorageClass storageClass, Findings findings) {
        if (NO_PROVISIONER.equals(storageClass.getProvisioner())
                && !"WaitForFirstConsumer".equals(storageClass.getVolumeBindingMode())) {
            findings.add(Rule.ST10, "StorageClass/" + storageClass.getMetadata().getName());
        }
    }

    private static void node(PersistentVolume volume, Findings findings) {
        if (volume.getSpec().getHostPath() != null && volume.getSpec().getNodeAffinity() == null) {
            findings.add(
                    Rule.ST11,
                    "PersistentVolume/" + volume.getMetadata().getName(),
                    volume.getSpec().getHostPath().getPath());
        }
    }

    private static void match(Manifest manifest, PersistentVolumeClaim claim, Findings findings) {
        Optional<PersistentVolume> volume = manifest.volume(claim);
        Optional<BigDecimal> wanted = DataPathChecks.size(claim);
        Optional<BigDecimal> there = volume.map(some -> some.getSpec().getCapacity())
                .map(capacity -> capacity.get("storage"))
                .map(Quantity::getAmountInBytes);
        if (wanted.isPresent() && there.isPresent() && wanted.get().compareTo(there.get()) < 0) {
            findings.add(
                    Rule.ST13,
                    "PersistentVolumeClaim/" + claim.getMetadata().getName(),
                    Quantities.text(claim.getSpec().getResources().getRequests()),
                    volume.orElseThrow().getMetadata().getName(),
                    Quantities.text(volume.get().getSpec().getCapacity()));
        }
    }

    private static void reclaim(Manifest manifest, PersistentVolumeClaim claim, Findings findings) {
        boolean handmade = claim.getSpec().getVolumeName() != null
                || manifest.volume(claim).isPresent();
        boolean kept = manifest.storageClass(claim)
                .filter(storageClass -> "Retain".equals(storageClass.getReclaimPolicy()))
                .isPresent();
        if (!handmade && !kept) {
            findings.add(
                    Rule.ST16, "PersistentVolumeClaim/" + claim.getMetadata().getName());
        }
    }

    private static void className(Manifest manifest, String path, PersistentVolumeClaim claim, Findings findings) {
        if ("default".equals(claim.getSpec().getStorageClassName())
                && manifest.storageClass(claim).isEmpty()) {
            findings.add(Severity.WARNING, Rule.ST17, path, "default");
        }
    }

    private static void handmade(Manifest manifest, Pods pods, PersistentVolumeClaim template, Findings findings) {
        String name = template.getSpec().getStorageClassName();
        boolean byHand = manifest.storageClass(template)
                .filter(storageClass -> NO_PROVISIONER.equals(storageClass.getProvisioner()))
                .isPresent();
        long volumes = manifest.all(PersistentVolume.class).stream()
                .filter(volume -> name != null && name.equals(volume.getSpec().getStorageClassName()))
                .count();
        if (byHand && volumes < pods.replicas()) {
            findings.add(Rule.ST09, pods.path(), name, pods.replicas(), volumes);
        }
    }

    private static void ownership(Manifest manifest, Pods pods, Findings findings) {
        PodSecurityContext context = pods.spec().getSecurityContext();
        boolean owned = pods.spec().getInitContainers().stream()
                .anyMatch(container -> Pods.words(container).contains("chown "));
        if (context == null || context.getFsGroup() == null || owned) {
            return;
        }
        pods.spec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .flatMap(volume ->
                        manifest.claim(pods, volume.getPersistentVolumeClaim().getClaimName()).stream())
                .flatMap(claim -> manifest.volume(claim).stream())
                .filter(volume -> volume.getSpec().getHostPath() != null)
                .forEach(volume -> findings.add(
                        Rule.ST12, pods.path(), volume.getMetadata().getName(), context.getFsGroup()));
    }
}
