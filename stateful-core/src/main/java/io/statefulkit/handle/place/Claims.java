package io.statefulkit.handle.place;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.internal.NotApi;
import java.util.Comparator;
import java.util.List;
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
        Set<String> templates = object instanceof StatefulSet set
                ? set.getSpec().getVolumeClaimTemplates().stream()
                        .map(template -> template.getMetadata().getName() + "-" + place.name() + "-")
                        .collect(Collectors.toSet())
                : Set.of();
        return place.client().persistentVolumeClaims().inNamespace(place.namespace()).list().getItems().stream()
                .filter(claim -> named.contains(claim.getMetadata().getName())
                        || templates.stream()
                                .anyMatch(
                                        prefix -> ordinalOf(claim.getMetadata().getName(), prefix)))
                .sorted(Comparator.comparing(claim -> claim.getMetadata().getName()))
                .toList();
    }

    private static boolean ordinalOf(String name, String prefix) {
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+");
    }
}
