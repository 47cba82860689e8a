package io.statefulkit.embedded.http.forward;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Finds where a port of the pod listens. */
@FunctionalInterface
public interface Dialer {

    /**
     * Looks a port up without blocking; one of the two is called on the event loop of the caller.
     *
     * @param port the port of the pod
     * @param found takes where it listens
     * @param refused takes why it cannot be reached
     */
    void dial(int port, Consumer<InetSocketAddress> found, Consumer<String> refused);
}
