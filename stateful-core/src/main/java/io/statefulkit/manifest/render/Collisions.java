package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Finds names that a pod would have twice, before an API server does. */
final class Collisions {

    private Collisions() {}

    static void check(String workload, PodSpec spec, Stream<String> templates) {
        unique(
                workload,
                "container",
                Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                        .map(Container::getName));
        unique(
                workload,
                "volume",
                Stream.concat(templates, spec.getVolumes().stream().map(Volume::getName)));
    }

    private static void unique(String workload, String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "two %ss of '%s' have the name '%s': rename one".formatted(what, workload, name));
            }
        });
    }
}
