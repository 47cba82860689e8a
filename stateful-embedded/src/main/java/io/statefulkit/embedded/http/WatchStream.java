package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api.Watch;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.json.Json;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One watch on its way to a client: events wait in a queue until the connection takes them. A client that falls too far
 * behind is cut off, and lists again.
 */
final class WatchStream implements Consumer<WatchEvent> {

    private static final int BEHIND = 10_000;

    private final Context context;
    private final Function<WatchEvent, ObjectNode> rendering;

    private final Object lock = new Object();
    private final Queue<WatchEvent> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean ended;
    // The state that is replayed at the start may be larger than the bound, and is no fault of the client.
    private boolean caughtUp;
    private @Nullable WatchSink sink;
    private @Nullable Watch watch;

    WatchStream(Context context, Function<WatchEvent, ObjectNode> rendering) {
        this.context = context;
        this.rendering = rendering;
    }

    @Override
    public void accept(WatchEvent event) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            waiting.add(event);
            if (caughtUp && waiting.size() > BEHIND) {
                ended = true;
                waiting.clear();
                context.runOnContext(ignored -> cut());
                return;
            }
            schedule();
        }
    }

    /** Says which watch feeds this stream, so that the end of one is the end of the other. */
    void feedsFrom(Watch newWatch) {
        boolean late;
        synchronized (lock) {
            watch = newWatch;
            late = ended;
        }
        if (late) {
            newWatch.close();
        }
    }

    /** Connects the client; on the event loop. */
    void connect(WatchSink newSink) {
        synchronized (lock) {
            sink = newSink;
            newSink.onReady(this::drain);
        }
        drain();
    }

    /** Ends the stream politely. */
    void finish() {
        WatchSink connected;
        synchronized (lock) {
            connected = ended ? null : sink;
        }
        close();
        if (connected != null) {
            connected.end();
        }
    }

    /** Ends the watch; the client is gone, or is told by the caller. */
    void close() {
        Watch feeding;
        synchronized (lock) {
            ended = true;
            waiting.clear();
            feeding = watch;
        }
        if (feeding != null) {
            feeding.close();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(ignored -> {
                synchronized (lock) {
                    scheduled = false;
                }
                drain();
            });
        }
    }

    private void drain() {
        while (true) {
            WatchSink connected;
            WatchEvent event;
            synchronized (lock) {
                connected = sink;
                if (ended || connected == null || connected.isFull()) {
                    return;
                }
                event = waiting.poll();
                if (event == null) {
                    caughtUp = true;
                    return;
                }
            }
            connected.send(encoded(event));
            if (event.type() == WatchEvent.Type.ERROR) {
                finish();
                return;
            }
        }
    }

    private Buffer encoded(WatchEvent event) {
        return Buffer.buffer(Json.bytes(rendering.apply(event)));
    }

    /** Cuts the connection, as a network does. From any thread. */
    void drop() {
        context.runOnContext(ignored -> cut());
    }

    private void cut() {
        WatchSink connected;
        synchronized (lock) {
            connected = sink;
        }
        close();
        if (connected != null) {
            connected.cut();
        }
    }
}
