package io.statefulkit.handle.connection;

import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.util.List;

/**
 * The container of a workload in which its server runs.
 *
 * @param place the workload
 * @param container the name of the container
 */
@NotApi
public record Server(Place place, String container) {

    /** Runs a command in it, in the pod of that ordinal. */
    public ExecResult run(int ordinal, List<String> command, byte[] input, Duration timeout) {
        return new Shell(place).run(ordinal, container, command, input, timeout);
    }

    /** Opens a local port that leads to a port of whatever pod is ready. */
    public Forward forward(int port) {
        return Forward.open(place.client(), place.ref(), place.selector(), pod -> true, port);
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready. */
    public Forward forward(int port, Duration whenNoPodIsReady) {
        return Forward.open(place.client(), place.ref(), place.selector(), pod -> true, port, whenNoPodIsReady);
    }
}
