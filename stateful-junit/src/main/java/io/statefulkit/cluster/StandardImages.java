package io.statefulkit.cluster;

import io.statefulkit.embedded.image.ImageCatalog;
import java.util.function.Supplier;

/** The images that every embedded cluster has. */
public final class StandardImages implements Supplier<ImageCatalog> {

    /** Made by the provider. */
    public StandardImages() {}

    @Override
    public ImageCatalog get() {
        return ImageCatalog.standard();
    }
}
