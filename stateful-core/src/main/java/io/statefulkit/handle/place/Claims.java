package io.statefulkit.handle.place;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.internal.Marks;
import io.statefulkit.internal.NotApi;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The claims of a workload. */
@NotApi
public record Claims(Place place) {

    /**
     * Returns the claims that the workload has made or uses, by name: those of its templates for any ordinal, and those
     * its pods name.
     */
    public List<PersistentVolumeClaim> list() {
        LiveWorkload live = new LiveWorkload(place);
        HasMetadata object = live.object();
        Set<String> named = Stream.ofNullable(live.pod().getVolumes())
                .flatMap(List::stream)
                .flatMap(volume -> Optional.ofNullable(volume.getPersistentVolumeClaim()).stream())
                .map(claim -> claim.getClaimName())
                .collect(Collectors.toSet());
        Set<String> templates = templates(object);
        return place.client().persistentVolumeClaims().inNamespace(place.namespace()).list().getItems().stream()
                .filter(claim -> named.contains(claim.getMetadata().getName()) || isOf(claim, templates))
                .sorted(Comparator.comparing(claim -> claim.getMetadata().getName()))
                .toList();
    }

    /**
     * Returns those of the claims that were made for this workload, by its controller or by a deployment, and not only named by
     * it. A controller gives the claims that it makes the labels by which it selects pods.
     */
    public List<PersistentVolumeClaim> made(List<PersistentVolumeClaim> claims) {
        Set<String> templates = templates(new LiveWorkload(place).object());
        return claims.stream()
                .filter(claim -> has(claim, place.labels()) || (has(claim, place.selector()) && isOf(claim, templates)))
                .toList();
    }

    /** Returns the claims that were deployed together with the workload, also for jobs of it that its pods know nothing of. */
    public List<PersistentVolumeClaim> labelled() {
        return place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .withLabels(place.labels())
                .list()
                .getItems();
    }

    private static boolean has(PersistentVolumeClaim claim, Map<String, String> labels) {
        return Marks.labels(claim.getMetadata()).entrySet().containsAll(labels.entrySet());
    }

    private static boolean isOf(PersistentVolumeClaim claim, Set<String> templates) {
        return templates.stream()
                .anyMatch(prefix -> ordinalOf(claim.getMetadata().getName(), prefix));
    }

    private Set<String> templates(HasMetadata object) {
        return object instanceof StatefulSet set
                ? set.getSpec().getVolumeClaimTemplates().stream()
                        .map(template -> template.getMetadata().getName() + "-" + place.name() + "-")
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean ordinalOf(String name, String prefix) {
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+");
    }
}
