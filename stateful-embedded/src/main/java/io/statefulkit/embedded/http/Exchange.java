package io.statefulkit.embedded.http;

import io.vertx.core.http.HttpServerRequest;

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

    /** Sends an answer instead of what was asked for; the request may still be paused. */
    static void refuse(HttpServerRequest request, Answer answer) {
        request.resume();
        answer.send(request.response());
    }
}
