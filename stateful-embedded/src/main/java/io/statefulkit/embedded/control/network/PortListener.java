package io.statefulkit.embedded.control.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens where a service is and forwards each new connection to a pod that serves at that moment. */
final class PortListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortListener.class);

    private final AsynchronousChannelGroup group;
    private final AsynchronousServerSocketChannel server;
    private final Supplier<Optional<InetSocketAddress>> backend;

    PortListener(
            AsynchronousChannelGroup group, InetSocketAddress address, Supplier<Optional<InetSocketAddress>> backend)
            throws IOException {
        this.group = group;
        this.backend = backend;
        this.server = AsynchronousServerSocketChannel.open(group);
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address);
        } catch (IOException e) {
            Sockets.close(server);
            throw e;
        }
    }

    void start() {
        server.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
            @Override
            public void completed(AsynchronousSocketChannel client, Void nothing) {
                start();
                connect(client);
            }

            @Override
            public void failed(Throwable problem, Void nothing) {
                if (server.isOpen()) {
                    start();
                }
            }
        });
    }

    private void connect(AsynchronousSocketChannel client) {
        try {
            Optional<InetSocketAddress> target = backend.get();
            if (target.isEmpty() || !server.isOpen()) {
                Sockets.close(client);
            } else {
                connect(client, AsynchronousSocketChannel.open(group), target.get());
            }
        } catch (IOException | RuntimeException e) {
            // Nobody else closes what was accepted.
            LOG.debug("a connection cannot be forwarded: {}", e.toString());
            Sockets.close(client);
        }
    }

    private static void connect(
            AsynchronousSocketChannel client, AsynchronousSocketChannel pod, InetSocketAddress target) {
        CompletionHandler<Void, Void> joined = new CompletionHandler<>() {
            @Override
            public void completed(Void result, Void nothing) {
                Pipe.join(client, pod);
            }

            @Override
            public void failed(Throwable problem, Void nothing) {
                Sockets.close(client);
                Sockets.close(pod);
            }
        };
        try {
            // Small answers wait for nothing here, as in the kernel's own forwarding.
            pod.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            pod.connect(target, null, joined);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a connection to {} cannot be made: {}", target, e.toString());
            Sockets.close(client);
            Sockets.close(pod);
        }
    }

    /** Stops listening; connections go on. */
    @Override
    public void close() {
        Sockets.close(server);
    }
}
