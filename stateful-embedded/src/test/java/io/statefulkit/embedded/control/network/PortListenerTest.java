package io.statefulkit.embedded.control.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortListenerTest {

    private static final int PATIENCE_MILLIS = 60_000;

    private final AsynchronousChannelGroup group;

    PortListenerTest() throws IOException {
        group = AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
    }

    @AfterEach
    void close() throws IOException {
        group.shutdownNow();
    }

    @Test
    void a_connection_that_leads_to_no_address_is_closed() throws IOException {
        assertClosed(() -> Optional.of(InetSocketAddress.createUnresolved("nowhere", 1)));
    }

    @Test
    void a_connection_is_closed_when_it_cannot_be_found_out_where_it_leads() throws IOException {
        assertClosed(() -> {
            throw new IllegalStateException("closed");
        });
    }

    private void assertClosed(Supplier<Optional<InetSocketAddress>> backend) throws IOException {
        InetSocketAddress address = freeAddress();
        try (PortListener listener = new PortListener(group, address, backend)) {
            listener.start();
            for (int i = 0; i < 2; i++) {
                try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.43.7.9", 0));
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
