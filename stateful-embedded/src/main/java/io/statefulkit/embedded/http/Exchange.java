package io.statefulkit.embedded.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

/** What is common to all exchanges that are not a plain answer. */
final class Exchange {

    private Exchange() {}

    /** Returns whether the client asks for a WebSocket. */
    static boolean isUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("websocket");
    }

    /** Returns whether the client asks for SPDY, as kubectl does once its WebSocket was refused. */
    static boolean isSpdy(HttpServerRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("SPDY/3.1");
    }

    /** Returns whether the client offers this WebSocket protocol. */
    static boolean offers(HttpServerRequest request, String protocol) {
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        return offered != null && offered.contains(protocol);
    }

    /**
     * Accepts the WebSocket that the client asked for. Fails when the client has left by now: its socket would be accepted
     * all the same, and nobody would ever be told that it is closed.
     */
    static Future<ServerWebSocket> upgrade(HttpServerRequest request) {
        return request.response().closed() ? Future.failedFuture("the client has left") : request.toWebSocket();
    }

    /** Sends an answer instead of what was asked for; the request may still be paused. */
    static void refuse(HttpServerRequest request, Answer answer) {
        request.resume();
        answer.send(request.response());
    }
}
