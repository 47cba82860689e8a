package io.statefulkit.handle.connection;

import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections of a local port: those that wait for a pod, and those that have one. All of them end with the port, also those that
 * come while it is being closed. Safe for use by many threads.
 */
final class OpenConnections {

    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Returns how many have a pod. */
    int linked() {
        return links.size();
    }

    /** Tells whether the port is being closed. */
    boolean closed() {
        return closed.get();
    }

    void waits(Socket socket) {
        waiting.add(socket);
    }

    void waitsNoMore(Socket socket) {
        waiting.remove(socket);
    }

    /** Says that a socket has found its way to a pod. */
    void opened(Socket socket, Link link) {
        links.add(link);
        waiting.remove(socket);
        if (closed.get()) {
            link.abort();
        }
    }

    void over(Link link) {
        links.remove(link);
    }

    /** Ends those to other pods than these. */
    void endOthers(Set<String> podUids) {
        links.stream().filter(link -> !podUids.contains(link.podUid())).forEach(Link::abort);
    }

    /** Begins to close the port; returns whether nobody has before. */
    boolean beginToClose() {
        return closed.compareAndSet(false, true);
    }

    /** Ends all of them. */
    void end() {
        waiting.forEach(Sockets::reset);
        links.forEach(Link::abort);
    }
}
