package io.statefulkit.embedded;

import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.image.ImageCatalog;
import java.time.Duration;
import java.util.Map;

/**
 * How an embedded cluster is set up. Immutable; every {@code with…} returns new options.
 *
 * @param port the port of the API server on 127.0.0.1; 0, the default, picks a free one
 * @param images the images there are; by default the {@linkplain ImageCatalog#standard() standard catalog}
 * @param restartBackOff how long a container that ended waits before its second restart; by default 10 s, as on a real
 *     node. It doubles with each further restart
 * @param maxRestartBackOff how long that wait becomes at most; by default 5 minutes
 * @param nodes how many nodes there are; by default 1, {@code embedded}. The others are {@code embedded-2} and so on: all of
 *     them are this machine, and each has pods, addresses and a kubelet of its own
 * @param sizedVolumes whether the volume of a claim holds no more than the claim asks for, see {@link #withSizedVolumes}
 * @param nodeCapacity how much each node says it has of a resource, such as {@code cpu} or {@code memory}; of what is not
 *     named, the same on every machine: 64 processors and 256 GiB of memory, so that what tests request fits
 */
public record EmbeddedOptions(
        int port,
        ImageCatalog images,
        Duration restartBackOff,
        Duration maxRestartBackOff,
        int nodes,
        boolean sizedVolumes,
        Map<String, String> nodeCapacity) {

    private static final int MOST_NODES = 20;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when the port is none, a back-off is not positive, there are fewer than 1 or more than
     *     20 nodes, or an amount of the capacity is none or negative
     */
    public EmbeddedOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 (a free one) to 65535, but is " + port);
        }
        nodeCapacity = Map.copyOf(nodeCapacity);
        nodeCapacity.forEach((resource, amount) -> {
            if (Quantity.parse(amount).filter(some -> some.signum() >= 0).isEmpty()) {
                throw new IllegalArgumentException("nodeCapacity must have amounts such as 2, 500m or 4Gi, but of "
                        + resource + " it has " + amount);
            }
        });
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException("nodes must be 1 to " + MOST_NODES + ", but is " + nodes);
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
        return new EmbeddedOptions(
                0, ImageCatalog.standard(), Duration.ofSeconds(10), Duration.ofMinutes(5), 1, false, Map.of());
    }

    /** Returns options with this port. */
    public EmbeddedOptions withPort(int newPort) {
        return new EmbeddedOptions(
                newPort, images, restartBackOff, maxRestartBackOff, nodes, sizedVolumes, nodeCapacity);
    }

    /** Returns options with these images. */
    public EmbeddedOptions withImages(ImageCatalog newImages) {
        return new EmbeddedOptions(
                port, newImages, restartBackOff, maxRestartBackOff, nodes, sizedVolumes, nodeCapacity);
    }

    /** Returns options with these waits between restarts of a container; tests that wait for restarts make them short. */
    public EmbeddedOptions withRestartBackOff(Duration base, Duration max) {
        return new EmbeddedOptions(port, images, base, max, nodes, sizedVolumes, nodeCapacity);
    }

    /** Returns options with this many nodes. */
    public EmbeddedOptions withNodes(int newNodes) {
        return new EmbeddedOptions(
                port, images, restartBackOff, maxRestartBackOff, newNodes, sizedVolumes, nodeCapacity);
    }

    /**
     * Returns options with volumes that are as large as their claims ask: who writes more is told {@code No space left on
     * device}, and so does {@link Faults#fillVolume} then. Each is a file system of its own in memory, which root only may
     * mount; where that is not possible, volumes are plain directories, as they are by default: see {@link
     * Faults#volumesAreSized}.
     */
    public EmbeddedOptions withSizedVolumes() {
        return new EmbeddedOptions(port, images, restartBackOff, maxRestartBackOff, nodes, true, nodeCapacity);
    }

    /**
     * Returns options with nodes that say they have this much, such as {@code Map.of("cpu", "2", "memory", "4Gi")}: a pod whose
     * requests do not fit waits with {@code Insufficient cpu}. What containers really use is not limited.
     */
    public EmbeddedOptions withNodeCapacity(Map<String, String> capacity) {
        return new EmbeddedOptions(port, images, restartBackOff, maxRestartBackOff, nodes, sizedVolumes, capacity);
    }
}
