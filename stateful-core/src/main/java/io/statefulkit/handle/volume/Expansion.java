package io.statefulkit.handle.volume;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.place.Claims;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.storage.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Makes the volumes of one claim template larger, and the template too, so that the next deployment does not differ. */
@NotApi
public record Expansion(Place place) {

    public void expand(String template, Size size) {
        if (!(new LiveWorkload(place).object() instanceof StatefulSet)) {
            throw new IllegalStateException(
                    place.ref() + " has no claim templates: change the size of its claim itself");
        }
        List<PersistentVolumeClaim> claims = new Claims(place)
                .list().stream()
                        .filter(claim -> claim.getMetadata().getName().startsWith(template + "-" + place.name() + "-"))
                        .toList();
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("expected claims of a template " + template + " of " + place.ref()
                    + ", but its claims are "
                    + new Claims(place)
                            .list().stream()
                                    .map(claim -> claim.getMetadata().getName())
                                    .toList());
        }
        claims.forEach(claim -> check(claim, size));
        claims.stream().filter(claim -> requested(claim).compareTo(size) < 0).forEach(claim -> ask(claim, size));
        Set<String> used = used();
        claims.forEach(
                claim -> await(claim, size, used.contains(claim.getMetadata().getName())));
        // Much may have changed meanwhile, such as the number of pods.
        if (new LiveWorkload(place).object() instanceof StatefulSet now) {
            renew(now, template, size);
        }
    }

    /** Returns the claims that pods use. */
    private Set<String> used() {
        return place.client().pods().inNamespace(place.namespace()).list().getItems().stream()
                .filter(pod -> !Pods.ended(pod))
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .flatMap(volume -> Optional.ofNullable(volume.getPersistentVolumeClaim()).stream())
                .map(source -> source.getClaimName())
                .collect(Collectors.toSet());
    }

    private static Size requested(PersistentVolumeClaim claim) {
        Map<String, Quantity> requests = claim.getSpec().getResources().getRequests();
        return Size.of(requests.getOrDefault("storage", Quantity.parse("1")).toString());
    }

    private void check(PersistentVolumeClaim claim, Size size) {
        String name = claim.getMetadata().getName();
        if (requested(claim).compareTo(size) > 0) {
            throw new IllegalArgumentException("claim " + name + " asks for " + requested(claim)
                    + " already, and volumes cannot shrink to " + size + ": dump, and restore into a new workload");
        }
        String className = Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), "");
        if (requested(claim).compareTo(size) < 0 && !canGrow(className)) {
            throw new UnsupportedOperationException("claim " + name + " cannot become larger: its storage class "
                    + (className.isEmpty() ? "(none)" : className) + " has no allowVolumeExpansion\n"
                    + "  do: if its provisioner can resize volumes, set"
                    + " allowVolumeExpansion: true; else deploy another"
                    + " workload with larger volumes and restore a"
                    + " backup into it");
        }
    }

    private boolean canGrow(String className) {
        if (className.isEmpty()) {
            return false;
        }
        try {
            StorageClass storage = place.client()
                    .storage()
                    .v1()
                    .storageClasses()
                    .withName(className)
                    .get();
            return storage != null && Boolean.TRUE.equals(storage.getAllowVolumeExpansion());
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            // Who may not read classes is told by the API server, which refuses the change where a class does not allow
            // it.
            return true;
        }
    }

    private void ask(PersistentVolumeClaim claim, Size size) {
        place.client()
                .resource(claim)
                .patch(
                        MergePatch.by(PodOperations.MANAGER),
                        "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" + size + "\"}}}}");
    }

    private void await(PersistentVolumeClaim claim, Size size, boolean used) {
        String name = claim.getMetadata().getName();
        try {
            PersistentVolumeClaim seen = place.client()
                    .persistentVolumeClaims()
                    .inNamespace(place.namespace())
                    .withName(name)
                    .waitUntilCondition(
                            now -> now == null || done(now, size, used) || infeasible(now),
                            place.waiting().patience().timeout().toMillis(),
                            TimeUnit.MILLISECONDS);
            if (seen == null || infeasible(seen)) {
                throw new IllegalStateException("claim " + name + " did not get " + size + ": "
                        + (seen == null ? "it is gone" : "its storage cannot provide that: " + seen.getStatus()));
            }
        } catch (KubernetesClientTimeoutException e) {
            throw new IllegalStateException(
                    "claim " + name + " did not get " + size + " in time: see kubectl describe pvc " + name
                            + "; if its condition is FileSystemResizePending, deletePod(..) lets the node finish it",
                    e);
        }
    }

    /**
     * Tells whether a claim has got its size. The file system of a volume is only made larger where a pod uses it, so of one that none
     * uses this is left to its next pod.
     */
    static boolean done(PersistentVolumeClaim claim, Size size, boolean used) {
        return large(claim, size) || (!used && pending(claim));
    }

    private static boolean pending(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .anyMatch(condition ->
                        "FileSystemResizePending".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static boolean large(PersistentVolumeClaim claim, Size size) {
        Quantity capacity = claim.getStatus() == null || claim.getStatus().getCapacity() == null
                ? null
                : claim.getStatus().getCapacity().get("storage");
        return capacity != null && Size.of(capacity.toString()).compareTo(size) >= 0;
    }

    private static boolean infeasible(PersistentVolumeClaim claim) {
        return claim.getStatus() != null
                && claim.getStatus().getAllocatedResourceStatuses() != null
                && claim.getStatus().getAllocatedResourceStatuses().values().stream()
                        .anyMatch(status -> status.endsWith("Infeasible"));
    }

    /** A claim template cannot be changed, so the set is replaced around its running pods. */
    private void renew(StatefulSet live, String template, Size size) {
        StatefulSet larger = new io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder(live)
                .editMetadata()
                .withResourceVersion(null)
                .withUid(null)
                .withCreationTimestamp(null)
                .withGeneration(null)
                .withManagedFields()
                .endMetadata()
                .withStatus(null)
                .build();
        larger.getSpec().getVolumeClaimTemplates().stream()
                .filter(one -> one.getMetadata().getName().equals(template))
                .forEach(one -> {
                    one.setStatus(null);
                    one.getSpec().getResources().getRequests().put("storage", Quantity.parse(size.text()));
                });
        DeployOptions options =
                DeployOptions.defaults().with(place.waiting().patience()).recreating();
        new Deployer(place.client(), place.namespace(), options).deploy(List.of(larger));
    }
}
