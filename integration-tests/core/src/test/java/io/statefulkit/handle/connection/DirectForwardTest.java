package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections to pods of this machine, over their own address. */
class DirectForwardTest extends ForwardContract {

    @Override
    void lead(String pod, EchoServer server) {
        cluster.placeOnThisMachine(pod, server.address().getAddress().getHostAddress());
    }

    @Override
    int port(EchoServer server) {
        return server.address().getPort();
    }

    @Override
    List<String> dialled(int port) {
        return List.of();
    }

    @Test
    void a_client_that_has_said_all_still_gets_the_answer() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) LONG.toMillis());
            socket.getOutputStream().write("the last words".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("first\nthe last words");
        }
        await().atMost(LONG).until(() -> first().clients() == 0 && connections() == 0);
    }
}
