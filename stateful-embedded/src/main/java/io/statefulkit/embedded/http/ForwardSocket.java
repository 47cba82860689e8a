package io.statefulkit.embedded.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A port-forward on the channels of a WebSocket: for the port at index i, data flows on channel 2i and an error is told
 * on channel 2i+1. Used on the event loop only.
 */
final class ForwardSocket {

    private final ServerWebSocket socket;
    private final NetClient client;
    private final Map<Integer, NetSocket> backends = new HashMap<>();
    private int open;

    ForwardSocket(Vertx vertx, ServerWebSocket socket) {
        this.socket = socket;
        this.client = vertx.createNetClient();
    }

    /** Announces the ports, connects to each, and lets data flow. */
    void start(List<Integer> ports, List<InetSocketAddress> addresses) {
        // Data that comes before all backends are connected has to wait.
        socket.pause();
        socket.exceptionHandler(ignored -> {});
        socket.binaryMessageHandler(this::receive);
        socket.closeHandler(ignored -> close());
        socket.drainHandler(ignored -> backends.values().forEach(NetSocket::resume));
        open = ports.size();
        for (int index = 0; index < ports.size(); index++) {
            announce(2 * index, ports.get(index));
            announce(2 * index + 1, ports.get(index));
        }
        connect(0, addresses);
    }

    private void announce(int channel, int port) {
        socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) channel).appendUnsignedShortLE(port));
    }

    private void connect(int index, List<InetSocketAddress> addresses) {
        if (index == addresses.size()) {
            socket.resume();
            return;
        }
        client.connect(SocketAddress.inetSocketAddress(addresses.get(index))).onComplete(connected -> {
            if (connected.succeeded()) {
                attach(index, connected.result());
            } else {
                fail(index, String.valueOf(connected.cause().getMessage()));
            }
            connect(index + 1, addresses);
        });
    }

    private void attach(int index, NetSocket backend) {
        if (socket.isClosed()) {
            backend.close();
            return;
        }
        backends.put(2 * index, backend);
        backend.handler(data -> send(index, backend, data));
        backend.drainHandler(ignored -> socket.resume());
        backend.exceptionHandler(ignored -> {});
        backend.closeHandler(ignored -> ended(2 * index));
    }

    private void send(int index, NetSocket backend, Buffer data) {
        if (socket.isClosed() || data.length() == 0) {
            return;
        }
        socket.writeBinaryMessage(
                Buffer.buffer(data.length() + 1).appendByte((byte) (2 * index)).appendBuffer(data));
        if (socket.writeQueueFull()) {
            backend.pause();
        }
    }

    private void receive(Buffer message) {
        NetSocket backend = message.length() > 1 ? backends.get((int) message.getByte(0)) : null;
        if (backend != null) {
            backend.write(message.slice(1, message.length()));
            if (backend.writeQueueFull()) {
                socket.pause();
            }
        }
    }

    private void fail(int index, String message) {
        if (!socket.isClosed()) {
            socket.writeBinaryMessage(Buffer.buffer()
                    .appendByte((byte) (2 * index + 1))
                    .appendString("error forwarding port: " + message));
        }
        ended(2 * index);
    }

    private void ended(int channel) {
        backends.remove(channel);
        open--;
        if (open == 0 && !socket.isClosed()) {
            socket.close((short) 1000);
        }
    }

    private void close() {
        List.copyOf(backends.values()).forEach(NetSocket::close);
        backends.clear();
        client.close();
    }
}
