package io.statefulkit.internal;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Labels and annotations, of which an object may have none at all. */
public final class Marks {

    private Marks() {}

    /** Returns the labels; none when there is no metadata either, as in a template of pods. */
    public static Map<String, String> labels(@Nullable ObjectMeta meta) {
        return meta == null ? Map.of() : Objects.requireNonNullElse(meta.getLabels(), Map.of());
    }

    /** Returns the annotations. */
    public static Map<String, String> annotations(ObjectMeta meta) {
        return Objects.requireNonNullElse(meta.getAnnotations(), Map.of());
    }
}
