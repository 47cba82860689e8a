package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sending to a server that reads, and to one that does not. */
@Timeout(60)
class ChannelSocketTest {

    private static final byte[] BYTES = {1, 2, 3};

    private final Queue queue = new Queue();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ChannelSocket socket = new ChannelSocket(queue, ended);

    @Test
    void the_first_byte_of_a_message_is_the_number_of_its_stream() throws IOException {
        socket.send(5, BYTES, 2);

        assertThat(queue.sent).containsExactly(List.of((byte) 5, (byte) 1, (byte) 2));
    }

    @Test
    void a_server_that_does_not_read_is_waited_for_only_so_long() {
        queue.size = 2 << 20;

        assertThatThrownBy(() -> socket.send(0, BYTES, 3, Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);
        assertThat(queue.sent).isEmpty();
    }

    @Test
    void an_interrupted_thread_does_not_wait_and_stays_interrupted() {
        queue.size = 2 << 20;
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> socket.send(0, BYTES, 3)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_connection_that_has_ended_takes_nothing() {
        queue.size = 2 << 20;
        ended.set(true);

        assertThatThrownBy(() -> socket.send(0, BYTES, 3)).isInstanceOf(IOException.class);
        assertThat(queue.sent).isEmpty();
    }

    /** A connection that keeps what it is given. */
    private static final class Queue implements WebSocket {

        private final List<List<Byte>> sent = new ArrayList<>();
        private long size;

        @Override
        public boolean send(ByteBuffer buffer) {
            List<Byte> message = new ArrayList<>();
            while (buffer.hasRemaining()) {
                message.add(buffer.get());
            }
            return sent.add(message);
        }

        @Override
        public boolean sendClose(int code, String reason) {
            return true;
        }

        @Override
        public long queueSize() {
            return size;
        }

        @Override
        public void request() {}
    }
}
