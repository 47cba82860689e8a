package io.statefulkit.embedded.http.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendTest {

    private static final int NOBODY_LISTENS = 1;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void a_client_that_had_to_wait_for_the_connection_may_send_again_once_it_is_there() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Heard heard = sendManyAtOnce(server.getLocalPort());

            assertThat(heard.writable.get(60, TimeUnit.SECONDS)).isEqualTo("full before");
        }
    }

    @Test
    void a_client_that_had_to_wait_for_a_connection_that_fails_is_not_left_waiting() throws Exception {
        Heard heard = sendManyAtOnce(NOBODY_LISTENS);

        assertThat(heard.failed.get(60, TimeUnit.SECONDS)).isEqualTo("connection refused");
        assertThat(heard.writable.get(60, TimeUnit.SECONDS)).isEqualTo("full before");
    }

    /** Writes in one go what the event loop can connect only afterwards. */
    private Heard sendManyAtOnce(int port) {
        Heard heard = new Heard();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> {
            Backend backend =
                    Backend.connect(context, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), heard);
            for (int i = 0; i < 100; i++) {
                backend.write(new byte[] {'x'});
            }
            heard.full = backend.full();
        });
        return heard;
    }

    /** Notes what comes from a backend. */
    private static final class Heard implements Backend.Events {

        private final CompletableFuture<String> writable = new CompletableFuture<>();
        private final CompletableFuture<String> failed = new CompletableFuture<>();
        private boolean full;

        @Override
        public void data(Buffer data) {
            failed.complete("data");
        }

        @Override
        public void ended() {
            failed.complete("ended");
        }

        @Override
        public void failed(String why) {
            failed.complete(why);
        }

        @Override
        public void writable() {
            writable.complete(full ? "full before" : "not full before");
        }
    }
}
