package io.statefulkit.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and the API server and breaks all their connections when it is told to. */
public final class BreakingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "breaking-proxy");
        thread.setDaemon(true);
        return thread;
    });

    private BreakingProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /** Starts a proxy in front of a port. */
    public static BreakingProxy to(InetSocketAddress target) throws IOException {
        BreakingProxy proxy = new BreakingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Returns the port of the proxy. */
    public int port() {
        return server.getLocalPort();
    }

    /** Breaks all connections; returns how many there were. */
    public int breakAll() {
        int count = sockets.size() / 2;
        sockets.forEach(BreakingProxy::close);
        return count;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket api = new Socket(target.getAddress(), target.getPort());
                sockets.add(client);
                sockets.add(api);
                threads.execute(() -> pipe(client, api));
                threads.execute(() -> pipe(api, client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pipe(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // It was broken, which is what this is for.
            close(from);
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        breakAll();
        threads.shutdownNow();
    }
}
