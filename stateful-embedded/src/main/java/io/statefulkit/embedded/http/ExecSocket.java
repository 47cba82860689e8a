package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import io.statefulkit.embedded.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that runs, on the channels of a WebSocket: the first byte of each message names the channel. */
final class ExecSocket implements Output {

    private static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte STATUS = 3;
    private static final byte RESIZE = 4;
    private static final byte CLOSE = (byte) 255;

    private final Context context;
    private final boolean wantsStdout;
    private final boolean wantsStderr;
    private final SerialTasks input;
    private final FlowControl flow;

    // The rest is used on the event loop only, but for the check whether the connection is full.
    private final Queue<Buffer> early = new ArrayDeque<>();
    private volatile @Nullable ServerWebSocket socket;
    private @Nullable Execution execution;
    private final Promise<Void> ended = Promise.promise();
    private Consumer<Future<Void>> left = ignored -> {};
    private @Nullable ObjectNode result;
    private boolean gone;

    ExecSocket(Context context, Workers workers, boolean wantsStdout, boolean wantsStderr) {
        this.context = context;
        this.wantsStdout = wantsStdout;
        this.wantsStderr = wantsStderr;
        this.input = new SerialTasks(workers);
        this.flow = new FlowControl(this::isFull);
    }

    void runs(Execution running) {
        execution = running;
    }

    /** Calls back with the end of the command when the client leaves before it. */
    void onLeft(Consumer<Future<Void>> callback) {
        left = callback;
    }

    /** Connects the client. */
    void connect(ServerWebSocket newSocket) {
        socket = newSocket;
        newSocket.binaryMessageHandler(message -> receive(newSocket, message));
        newSocket.textMessageHandler(text -> receive(newSocket, Buffer.buffer(text)));
        newSocket.drainHandler(ignored -> flow.ready());
        newSocket.exceptionHandler(ignored -> {});
        newSocket.closeHandler(ignored -> abandon());
        early.forEach(newSocket::writeBinaryMessage);
        early.clear();
        finishIfDone();
    }

    /** Ends the command: there is no client, or it is gone. */
    void abandon() {
        gone = true;
        flow.end();
        Execution running = execution;
        if (running != null) {
            if (result == null) {
                left.accept(ended.future());
            }
            input.submit(running::close);
        }
    }

    @Override
    public void stdout(byte[] bytes) {
        if (wantsStdout) {
            emit(STDOUT, bytes);
        }
    }

    @Override
    public void stderr(byte[] bytes) {
        if (wantsStderr) {
            emit(STDERR, bytes);
        }
    }

    @Override
    public void exited(int code) {
        end(ExecStatus.exited(code));
    }

    @Override
    public void failed(String message) {
        end(ExecStatus.failed(message));
    }

    private void emit(byte channel, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Buffer message = Buffer.buffer(bytes.length + 1).appendByte(channel).appendBytes(bytes);
        context.runOnContext(ignored -> {
            ServerWebSocket connected = socket;
            if (connected == null) {
                early.add(message);
            } else if (!connected.isClosed()) {
                connected.writeBinaryMessage(message);
            }
        });
        flow.await();
    }

    private void end(ObjectNode status) {
        context.runOnContext(ignored -> {
            result = status;
            ended.tryComplete();
            finishIfDone();
        });
    }

    private void finishIfDone() {
        ServerWebSocket connected = socket;
        ObjectNode status = result;
        if (connected == null || status == null || connected.isClosed()) {
            return;
        }
        end(connected, status);
    }

    /** Sends the status in the form of the socket's protocol, and closes. */
    static void end(ServerWebSocket connected, ObjectNode status) {
        boolean plain =
                connected.subProtocol() == null || connected.subProtocol().equals("channel.k8s.io");
        if (!plain) {
            connected.writeBinaryMessage(Buffer.buffer().appendByte(STATUS).appendBytes(Json.bytes(status)));
        } else if (!status.path("status").asText().equals("Success")) {
            connected.writeBinaryMessage(Buffer.buffer()
                    .appendByte(STATUS)
                    .appendString(status.path("message").asText()));
        }
        connected.close((short) 1000);
    }

    private void receive(ServerWebSocket from, Buffer message) {
        Execution running = execution;
        if (message.length() == 0 || running == null || gone) {
            return;
        }
        byte channel = message.getByte(0);
        byte[] data = message.getBytes(1, message.length());
        if (channel == STDIN && data.length > 0) {
            from.pause();
            input.submit(() -> {
                running.stdin(data);
                context.runOnContext(ignored -> from.resume());
            });
        } else if (channel == RESIZE) {
            resize(running, data);
        } else if (channel == CLOSE && data.length > 0 && data[0] == STDIN) {
            input.submit(running::stdinClosed);
        }
    }

    private void resize(Execution running, byte[] data) {
        try {
            JsonNode size = Json.parse(data);
            int columns = size.path("Width").asInt();
            int rows = size.path("Height").asInt();
            if (columns > 0 && rows > 0) {
                input.submit(() -> running.resize(columns, rows));
            }
        } catch (IOException e) {
            // A terminal size that cannot be read changes nothing.
            return;
        }
    }

    private boolean isFull() {
        ServerWebSocket connected = socket;
        return connected != null && !connected.isClosed() && connected.writeQueueFull();
    }
}
