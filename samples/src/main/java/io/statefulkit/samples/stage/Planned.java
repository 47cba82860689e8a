package io.statefulkit.samples.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulSpec;
import java.util.List;

/**
 * The objects that a spec becomes, by their kind.
 *
 * @param plan has them
 */
public record Planned(Plan plan) {

    /** Plans a spec. */
    public static Planned of(StatefulSpec spec) {
        return new Planned(Plan.of(spec));
    }

    /** Returns all objects of a kind, in the order in which they are applied. */
    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        return plan.resources().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Returns the first object of a kind. */
    public <T extends HasMetadata> T one(Class<T> kind) {
        return all(kind).stream().findFirst().orElseThrow();
    }

    /** Returns kinds and names, in the order in which they are applied. */
    public static List<String> names(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }
}
