package io.statefulkit.embedded.http.forward;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The port-forward of {@code kubectl}: streams of SPDY inside the messages of a WebSocket, or on a connection of their
 * own. Each forwarded connection is a pair of streams with the same request id. Used on the event loop only.
 */
public final class SpdyTunnel {

    /** The protocol of the streams. */
    public static final String PROTOCOL = "portforward.k8s.io";
    /** The same inside a WebSocket. */
    public static final String WEB_SOCKET_PROTOCOL = "SPDY/3.1+" + PROTOCOL;

    private static final int MAX_CONNECTIONS = 1_000;

    private final Context context;
    private final ReadStream<Buffer> input;
    private final WriteStream<Buffer> output;
    private final String pod;
    private final Dialer dialer;
    private final SpdyFrames frames = new SpdyFrames();
    private final Map<String, ForwardedPort> requests = new HashMap<>();
    private final Map<Integer, ForwardedPort> streams = new HashMap<>();
    private boolean closed;

    /**
     * Makes a tunnel.
     *
     * @param context the context of the connection
     * @param input what the client sends
     * @param output what it gets
     * @param pod the name of the pod, for messages
     * @param dialer finds its ports
     */
    public SpdyTunnel(
            Context context, ReadStream<Buffer> input, WriteStream<Buffer> output, String pod, Dialer dialer) {
        this.context = context;
        this.input = input;
        this.output = output;
        this.pod = pod;
        this.dialer = dialer;
    }

    /** Starts to read; {@link #close} must be called when the connection ends. */
    public void start() {
        input.exceptionHandler(ignored -> {});
        input.handler(this::receive);
        output.drainHandler(ignored -> List.copyOf(requests.values()).forEach(ForwardedPort::resume));
    }

    /** Cuts the forwarded connections. */
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(streams.values()).forEach(ForwardedPort::close);
            requests.clear();
            streams.clear();
            frames.close();
        }
    }

    private void receive(Buffer bytes) {
        if (closed) {
            return;
        }
        for (Object frame : frames.decode(bytes)) {
            try {
                if (!closed) {
                    handle(frame);
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }
        if (streams.values().stream().anyMatch(ForwardedPort::full)) {
            input.pause();
        }
    }

    private void handle(Object frame) {
        if (frame instanceof SpdyDataFrame data) {
            data(data);
        } else if (frame instanceof SpdySynStreamFrame opened) {
            open(opened);
        } else if (frame instanceof SpdyRstStreamFrame reset) {
            ForwardedPort port = streams.remove(reset.streamId());
            if (port != null && port.isData(reset.streamId())) {
                forget(port);
            }
        } else if (frame instanceof SpdyPingFrame ping) {
            write(new DefaultSpdyPingFrame(ping.id()));
        }
    }

    private void open(SpdySynStreamFrame opened) {
        int id = opened.streamId();
        CharSequence type = opened.headers().get("streamtype");
        CharSequence request = opened.headers().get("requestid");
        int number = port(opened.headers().get("port"));
        boolean error = type != null && "error".contentEquals(type);
        boolean data = type != null && "data".contentEquals(type);
        boolean crowded = streams.size() >= 2 * MAX_CONNECTIONS;
        if (opened.isInvalid() || request == null || number == 0 || crowded || (!error && !data)) {
            write(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.PROTOCOL_ERROR));
            return;
        }
        SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(id);
        // The codec leaves an empty block of headers out altogether, which clients take for a broken frame.
        reply.headers().set(":status", "200");
        write(reply);
        ForwardedPort port = requests.computeIfAbsent(request.toString(), key -> new ForwardedPort(this, number));
        streams.put(id, port);
        if (error) {
            port.setErrorStream(id);
        } else {
            port.setDataStream(id);
        }
        if (port.complete()) {
            port.connect(context, dialer);
        }
    }

    private static int port(@Nullable CharSequence text) {
        try {
            int port = text == null ? 0 : Integer.parseInt(text.toString());
            return port > 0 && port < 65_536 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void data(SpdyDataFrame data) {
        ForwardedPort port = streams.get(data.streamId());
        if (port == null || !port.isData(data.streamId())) {
            return;
        }
        port.receive(ByteBufUtil.getBytes(data.content()));
        if (data.isLast()) {
            port.inputEnded();
            if (port.answered()) {
                forget(port);
            }
        }
    }

    void send(int stream, Buffer data, boolean last) {
        if (closed || !streams.containsKey(stream)) {
            return;
        }
        DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(data.getBytes()));
        frame.setLast(last);
        write(frame);
        if (output.writeQueueFull()) {
            List.copyOf(requests.values()).forEach(ForwardedPort::pause);
        }
    }

    String problem(int port, String why) {
        return "error forwarding port " + port + " to pod " + pod + ", uid : failed to connect to localhost:" + port
                + " inside namespace \"" + pod + "\": dial tcp4 127.0.0.1:" + port + ": connect: " + why;
    }

    /** Says that the client was told all: its streams end when it ends them. */
    void answered(ForwardedPort port, boolean inputEnded) {
        requests.values().remove(port);
        if (inputEnded) {
            forget(port);
        }
    }

    private void forget(ForwardedPort port) {
        port.close();
        requests.values().remove(port);
        streams.values().removeIf(each -> each == port);
        writable();
    }

    /** Says that a backend takes data again. */
    void writable() {
        if (!closed && streams.values().stream().noneMatch(ForwardedPort::full)) {
            input.resume();
        }
    }

    private void write(Object frame) {
        output.write(frames.encode(frame));
    }
}
