package io.statefulkit.embedded.node;

import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.embedded.image.ImageUnavailableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds images, except those that a test has refused. Thread-safe. */
final class ImagePolicy {

    private final ImageCatalog catalog;
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    ImagePolicy(ImageCatalog catalog) {
        this.catalog = catalog;
    }

    Image resolve(String image) throws ImageUnavailableException {
        String why = refused.get(image);
        if (why != null) {
            throw new ImageUnavailableException(why);
        }
        return catalog.resolve(image);
    }

    void refuse(String image, String why) {
        refused.put(image, why);
    }

    void allow(String image) {
        refused.remove(image);
    }
}
