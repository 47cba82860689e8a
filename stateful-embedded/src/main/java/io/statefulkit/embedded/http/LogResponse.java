package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A log on its way to a client: chunked, each piece as it comes. */
final class LogResponse implements Output {

    private final Context context;
    private final HttpServerResponse response;
    private final FlowControl flow;
    // Used on the event loop only.
    private @Nullable Execution execution;
    private boolean gone;

    LogResponse(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
        this.flow = new FlowControl(response::writeQueueFull);
        response.drainHandler(ignored -> flow.ready());
        response.closeHandler(ignored -> gone());
        if (response.closed()) {
            // The client left before: nothing will call back.
            gone();
        }
    }

    /** Says that the log was found; on the event loop. */
    void opened(Execution running) {
        execution = running;
        if (gone) {
            running.close();
            return;
        }
        begin();
    }

    @Override
    public void stdout(byte[] bytes) {
        Buffer piece = Buffer.buffer(bytes);
        context.runOnContext(ignored -> {
            if (begin()) {
                response.write(piece);
            }
        });
        flow.await();
    }

    @Override
    public void stderr(byte[] bytes) {
        stdout(bytes);
    }

    @Override
    public void exited(int code) {
        context.runOnContext(ignored -> {
            if (begin()) {
                response.end();
            }
        });
    }

    @Override
    public void failed(String message) {
        context.runOnContext(ignored -> {
            if (!response.headWritten()) {
                Answer.json(500, Statuses.internal(message)).send(response);
            } else {
                gone();
                response.reset();
            }
        });
    }

    // Sends the head once; says whether there is still somebody to write to.
    private boolean begin() {
        if (gone || response.closed() || response.ended()) {
            return false;
        }
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader("Content-Type", "text/plain")
                    .putHeader("Cache-Control", "no-cache, private");
            response.write(Buffer.buffer());
        }
        return true;
    }

    private void gone() {
        gone = true;
        flow.end();
        if (execution != null) {
            execution.close();
        }
    }
}
