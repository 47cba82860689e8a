package io.statefulkit.embedded.http.forward;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeMap;

/**
 * A port-forward on the channels of a WebSocket: for the port at index i, data flows on channel 2i and an error is told
 * on channel 2i+1. These channels cannot be closed by half: the end of a backend is the end of its connection. Used on
 * the event loop only.
 */
public final class ForwardSocket {

    private final Context context;
    private final ServerWebSocket socket;
    private final TreeMap<Integer, Backend> backends = new TreeMap<>();
    private int open;

    /**
     * Makes a port-forward.
     *
     * @param context the context of the socket
     * @param socket the client
     */
    public ForwardSocket(Context context, ServerWebSocket socket) {
        this.context = context;
        this.socket = socket;
    }

    /** Announces the ports, connects to each, and lets data flow. */
    public void start(List<Integer> ports, List<InetSocketAddress> addresses) {
        socket.exceptionHandler(ignored -> {});
        socket.binaryMessageHandler(this::receive);
        socket.closeHandler(ignored -> close());
        socket.drainHandler(ignored -> List.copyOf(backends.values()).forEach(Backend::resume));
        open = ports.size();
        for (int index = 0; index < ports.size(); index++) {
            announce(2 * index, ports.get(index));
            announce(2 * index + 1, ports.get(index));
        }
        for (int index = 0; index < ports.size(); index++) {
            backends.put(
                    2 * index,
                    Backend.connect(context, addresses.get(index), new Channel(2 * index, ports.get(index))));
        }
    }

    private void announce(int channel, int port) {
        socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) channel).appendUnsignedShortLE(port));
    }

    private void receive(Buffer message) {
        Backend backend = message.length() > 1 ? backends.get((int) message.getUnsignedByte(0)) : null;
        if (backend != null) {
            backend.write(message.getBytes(1, message.length()));
            if (backend.full()) {
                socket.pause();
            }
        }
    }

    private void ended(int channel) {
        Backend backend = backends.remove(channel);
        if (backend != null) {
            backend.close();
        }
        open--;
        if (open == 0 && !socket.isClosed()) {
            socket.close((short) 1000);
        }
    }

    private void close() {
        List.copyOf(backends.values()).forEach(Backend::close);
        backends.clear();
    }

    /** What comes from the backend of one channel. */
    private final class Channel implements Backend.Events {

        private final int number;
        private final int port;

        Channel(int number, int port) {
            this.number = number;
            this.port = port;
        }

        @Override
        public void data(Buffer data) {
            if (socket.isClosed() || data.length() == 0) {
                return;
            }
            socket.writeBinaryMessage(
                    Buffer.buffer(data.length() + 1).appendByte((byte) number).appendBuffer(data));
            Backend backend = backends.get(number);
            if (backend != null && socket.writeQueueFull()) {
                backend.pause();
            }
        }

        @Override
        public void failed(String why) {
            if (!socket.isClosed()) {
                socket.writeBinaryMessage(Buffer.buffer()
                        .appendByte((byte) (number + 1))
                        .appendString("error forwarding port " + port + ": " + why));
            }
            ForwardSocket.this.ended(number);
        }

        @Override
        public void ended() {
            ForwardSocket.this.ended(number);
        }

        @Override
        public void writable() {
            if (backends.values().stream().noneMatch(Backend::full)) {
                socket.resume();
            }
        }
    }
}
