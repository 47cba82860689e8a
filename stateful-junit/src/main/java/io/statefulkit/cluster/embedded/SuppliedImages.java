package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.embedded.image.ImageCatalog;
import java.util.function.Supplier;

/** The images of a cluster, from the class that tests name. */
final class SuppliedImages {

    private SuppliedImages() {}

    /**
     * What such a class supplies.
     *
     * @throws ClusterStartException when it cannot be made, or fails
     */
    static ImageCatalog of(Class<? extends Supplier<ImageCatalog>> images) {
        try {
            var constructor = images.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().get();
        } catch (ReflectiveOperationException | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ClusterStartException(
                    "the images of " + images.getName()
                            + " are not to be had; expected a class with a constructor without"
                            + " parameters that supplies an ImageCatalog: " + cause,
                    e);
        }
    }
}
