package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.http.table.Tables;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Answers watches, over chunked HTTP and over WebSocket. */
final class WatchCalls {

    // In seconds; that between them is random keeps clients from coming back all at once.
    private static final long SHORTEST = 1800;
    private static final long LONGEST = 3600;
    private static final long A_DAY = 86_400;

    private final Vertx vertx;
    private final Api api;
    private final Tables tables;
    private final Workers workers;
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();

    WatchCalls(Vertx vertx, Api api, Tables tables, Workers workers) {
        this.vertx = vertx;
        this.api = api;
        this.tables = tables;
        this.workers = workers;
    }

    /** Starts a watch; the request must be paused. */
    void start(HttpServerRequest request, Target target, Call call) {
        Context context = vertx.getOrCreateContext();
        WatchOptions options = CallOptions.watch(call.query(), target.name());
        Rendering rendering = new Rendering(target.type(), Form.of(call.accept()), tables);
        long seconds = seconds(call.query());
        WatchStream stream = new WatchStream(context, encoder(rendering));
        workers.submit(
                () -> {
                    open(target, options, stream);
                    return stream;
                },
                opened -> connect(request, opened, seconds),
                answer -> Exchange.refuse(request, answer));
    }

    /** Returns how long a watch lasts: as long as the client asks for, if it asks for anything but 0. */
    static long seconds(Query query) {
        long asked = query.number("timeoutSeconds").orElse(0);
        return asked == 0
                ? ThreadLocalRandom.current().nextLong(SHORTEST, LONGEST)
                : Math.max(1, Math.min(asked, A_DAY));
    }

    /** Cuts the connections of all watches there are. */
    void dropAll() {
        open.forEach(WatchStream::drop);
    }

    private void open(Target target, WatchOptions options, WatchStream stream) {
        try {
            stream.feedsFrom(api.watch(target.type(), target.namespace(), options, stream));
        } catch (Failure failure) {
            if (failure.code() != 410) {
                throw failure;
            }
            // A revision that is too old is told inside a watch that succeeds.
            stream.accept(new WatchEvent(WatchEvent.Type.ERROR, failure.status()));
        }
    }

    private static Function<WatchEvent, ObjectNode> encoder(Rendering rendering) {
        return rendering::event;
    }

    private void connect(HttpServerRequest request, WatchStream stream, long seconds) {
        if (Exchange.isUpgrade(request)) {
            Exchange.upgrade(request)
                    .onSuccess(socket -> run(WatchSink.frames(socket), stream, seconds))
                    .onFailure(failure -> stream.close());
            return;
        }
        HttpServerResponse response = request.response();
        if (response.closed()) {
            stream.close();
            return;
        }
        request.resume();
        response.setChunked(true)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-cache, private");
        // Nothing may have happened yet, but the client waits for the head.
        response.write(Buffer.buffer());
        run(WatchSink.lines(response), stream, seconds);
    }

    private void run(WatchSink sink, WatchStream stream, long seconds) {
        long timer = vertx.setTimer(seconds * 1000, ignored -> stream.finish());
        // Before the stream is connected: what waits in it may end it at once.
        open.add(stream);
        sink.onGone(() -> {
            open.remove(stream);
            vertx.cancelTimer(timer);
            stream.close();
        });
        stream.connect(sink);
    }
}
