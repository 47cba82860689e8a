package io.statefulkit.embedded.node;

import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.embedded.node.process.Isolation;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How a node works.
 *
 * @param name the name of the node
 * @param images the images there are
 * @param clock tells the time
 * @param backoffBase the first wait before a container that keeps ending is started again; Kubernetes: 10 s
 * @param backoffMax the longest such wait; Kubernetes: 5 min
 * @param isolation how far containers are kept apart
 * @param capacity how much the node says it has of a resource; of what is not named, what {@link NodeObject} says
 */
public record NodeOptions(
        String name,
        ImageCatalog images,
        Clock clock,
        Duration backoffBase,
        Duration backoffMax,
        Isolation isolation,
        Map<String, String> capacity) {

    public NodeOptions {
        capacity = Map.copyOf(capacity);
    }

    /** Returns Kubernetes' timings, the standard images, and all the isolation that this machine allows. */
    public static NodeOptions named(String name) {
        return new NodeOptions(
                name,
                ImageCatalog.standard(),
                Clock.systemUTC(),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Isolation.probe(),
                Map.of());
    }

    /** Returns these options with other images. */
    public NodeOptions withImages(ImageCatalog catalog) {
        return new NodeOptions(name, catalog, clock, backoffBase, backoffMax, isolation, capacity);
    }

    /** Returns these options with another clock. */
    public NodeOptions withClock(Clock other) {
        return new NodeOptions(name, images, other, backoffBase, backoffMax, isolation, capacity);
    }

    /** Returns these options with other waits before containers are started again. */
    public NodeOptions withBackoff(Duration base, Duration max) {
        return new NodeOptions(name, images, clock, base, max, isolation, capacity);
    }

    /** Returns these options with another isolation. */
    public NodeOptions withIsolation(Isolation other) {
        return new NodeOptions(name, images, clock, backoffBase, backoffMax, other, capacity);
    }
}
