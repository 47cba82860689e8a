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

    /** Sends an answer instead of what was asked for; the request may still be paused. */
    static void refuse(HttpServerRequest request, Answer answer) {
        request.resume();
        answer.send(request.response());
    }
}
