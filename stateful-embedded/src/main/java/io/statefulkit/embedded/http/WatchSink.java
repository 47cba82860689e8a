package io.statefulkit.embedded.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** The connection that a watch writes to; used on its event loop only. */
interface WatchSink {

    /** Returns whether the connection takes no more for now. */
    boolean isFull();

    /** Sends one event. */
    void send(Buffer event);

    /** Ends politely. */
    void end();

    /** Cuts the connection. */
    void cut();

    /** Calls back when the connection takes more again. */
    void onReady(Runnable callback);

    /** Calls back when the client is gone. */
    void onGone(Runnable callback);

    /** Returns the sink that writes one line an event. */
    static WatchSink lines(HttpServerResponse response) {
        return new WatchSink() {
            @Override
            public boolean isFull() {
                return response.writeQueueFull();
            }

            @Override
            public void send(Buffer event) {
                if (!response.closed() && !response.ended()) {
                    response.write(event.appendByte((byte) '\n'));
                }
            }

            @Override
            public void end() {
                if (!response.closed() && !response.ended()) {
                    response.end();
                }
            }

            @Override
            public void cut() {
                response.reset();
            }

            @Override
            public void onReady(Runnable callback) {
                response.drainHandler(ignored -> callback.run());
            }

            @Override
            public void onGone(Runnable callback) {
                response.closeHandler(ignored -> callback.run());
            }
        };
    }

    /** Returns the sink that writes one text frame an event. */
    static WatchSink frames(ServerWebSocket socket) {
        return new WatchSink() {
            @Override
            public boolean isFull() {
                return socket.writeQueueFull();
            }

            @Override
            public void send(Buffer event) {
                if (!socket.isClosed()) {
                    socket.writeTextMessage(event.toString());
                }
            }

            @Override
            public void end() {
                if (!socket.isClosed()) {
                    socket.close((short) 1000);
                }
            }

            @Override
            public void cut() {
                end();
            }

            @Override
            public void onReady(Runnable callback) {
                socket.drainHandler(ignored -> callback.run());
            }

            @Override
            public void onGone(Runnable callback) {
                socket.closeHandler(ignored -> callback.run());
            }
        };
    }
}
