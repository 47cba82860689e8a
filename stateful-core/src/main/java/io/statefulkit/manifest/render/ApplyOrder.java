package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which objects are applied: what is referred to before what refers to it. */
final class ApplyOrder {

    private static final List<String> KINDS = List.of(
            "Namespace",
            "StorageClass",
            "PersistentVolume",
            "Secret",
            "ConfigMap",
            "PersistentVolumeClaim",
            "Service",
            "PodDisruptionBudget",
            "NetworkPolicy");

    private static final List<String> LAST = List.of("StatefulSet", "Deployment", "Job", "CronJob");

    private ApplyOrder() {}

    /** Return the objects sorted by kind, each object once: several jobs may bring the same script. */
    static List<HasMetadata> sorted(List<HasMetadata> objects) {
        Map<String, HasMetadata> once = new LinkedHashMap<>();
        for (HasMetadata object : objects) {
            String key = object.getKind() + "/" + object.getMetadata().getName();
            HasMetadata other = once.putIfAbsent(key, object);
            if (other != null && !other.equals(object)) {
                throw new IllegalArgumentException("there are two different objects " + key + ": rename one of them");
            }
        }
        return once.values().stream()
                .sorted(Comparator.comparingInt(object -> rank(object.getKind())))
                .toList();
    }

    private static int rank(String kind) {
        int first = KINDS.indexOf(kind);
        if (first >= 0) {
            return first;
        }
        int last = LAST.indexOf(kind);
        return KINDS.size() + (last < 0 ? 0 : 1 + last);
    }
}
