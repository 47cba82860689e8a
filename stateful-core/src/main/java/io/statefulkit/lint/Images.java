package io.statefulkit.lint;

import io.statefulkit.spec.pod.Image;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Image references of manifests that nobody has checked. */
final class Images {

    private Images() {}

    static Optional<Image> parse(@Nullable String reference) {
        if (reference == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Image.of(reference));
        } catch (IllegalArgumentException e) {
            // a placeholder like $IMAGE: other tools will fill it in
            return Optional.empty();
        }
    }
}
