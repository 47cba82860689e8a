package io.statefulkit.lint.objects;

import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.pod.Image;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Image references of manifests that nobody has checked. */
@NotApi
public final class Images {

    private Images() {}

    /** Return the image, if the reference is one. */
    public static Optional<Image> parse(@Nullable String reference) {
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
