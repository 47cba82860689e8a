package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that go through the API server. */
class ForwardTest extends ForwardContract {

    @Override
    void lead(String pod, EchoServer server) {
        streams.serve(pod, server.address());
    }

    @Override
    int port(EchoServer server) {
        return 5432;
    }

    @Override
    List<String> dialled(int port) {
        return List.of("db-0:" + port);
    }

    /** The WebSocket protocol of port-forwards has no word for it, so the server may never know otherwise. */
    @Test
    void a_client_that_has_said_all_ends_the_connection_on_both_sides() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) LONG.toMillis());
            assertThat(name(socket)).isEqualTo("first");

            socket.shutdownOutput();

            assertThat(endOf(socket)).isTrue();
            await().atMost(LONG).until(() -> first().clients() == 0 && connections() == 0);
        }
    }
}
