package io.statefulkit.embedded;

import io.statefulkit.embedded.image.ImageCatalog;
import java.time.Duration;

/**
 * How an embedded cluster is set up. Immutable; every {@code with…} returns new options.
 *
 * @param port the port of the API server on 127.0.0.1; 0, the default, picks a free one
 * @param images the images there are; by default the {@linkplain ImageCatalog#standard() standard catalog}
 * @param restartBackOff how long a container that ended waits before its second restart; by default 10 s, as on a real
 *     node. It doubles with each further restart
 * @param maxRestartBackOff how long that wait becomes at most; by default 5 minutes
 */
public record EmbeddedOptions(int port, ImageCatalog images, Duration restartBackOff, Duration maxRestartBackOff) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when the port is none, or a back-off is not positive
     */
    public EmbeddedOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 (a free one) to 65535, but is " + port);
        }
        if (restartBackOff.isNegative() || restartBackOff.isZero()) {
            throw new IllegalArgumentException("restartBackOff must be positive, but is " + restartBackOff);
        }
        if (maxRestartBackOff.compareTo(restartBackOff) < 0) {
            throw new IllegalArgumentException("maxRestartBackOff must be at least restartBackOff (" + restartBackOff
                    + "), but is " + maxRestartBackOff);
        }
    }

    /** Returns the options of {@link EmbeddedCluster#start()}. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(0, ImageCatalog.standard(), Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    /** Returns options with this port. */
    public EmbeddedOptions withPort(int newPort) {
        return new EmbeddedOptions(newPort, images, restartBackOff, maxRestartBackOff);
    }

    /** Returns options with these images. */
    public EmbeddedOptions withImages(ImageCatalog newImages) {
        return new EmbeddedOptions(port, newImages, restartBackOff, maxRestartBackOff);
    }

    /** Returns options with these waits between restarts of a container; tests that wait for restarts make them short. */
    public EmbeddedOptions withRestartBackOff(Duration base, Duration max) {
        return new EmbeddedOptions(port, images, base, max);
    }
}
