package io.statefulkit.embedded.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The client's side of a tunnel, as kubectl has it: an unframed stream of SPDY in binary messages. */
final class SpdyClient {

    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final Map<Integer, ByteArrayOutputStream> received = new ConcurrentHashMap<>();
    /** The streams that were accepted, and those that the server has ended. */
    final Set<Integer> accepted = ConcurrentHashMap.newKeySet();

    final Set<Integer> ended = ConcurrentHashMap.newKeySet();
    volatile int pings;

    /** Opens a stream; returns nothing: the server accepts it or not. */
    void open(WebSocket socket, int stream, String type, int request, int port) {
        DefaultSpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
        frame.headers().set("streamtype", type).set("requestid", Integer.toString(request));
        frame.headers().set("port", Integer.toString(port));
        send(socket, frame);
    }

    void send(WebSocket socket, int stream, String data, boolean last) {
        DefaultSpdyDataFrame frame =
                new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(data.getBytes(StandardCharsets.UTF_8)));
        frame.setLast(last);
        send(socket, frame);
    }

    void ping(WebSocket socket) {
        send(socket, new DefaultSpdyPingFrame(1));
    }

    String received(int stream) {
        ByteArrayOutputStream bytes = received.get(stream);
        return bytes == null ? "" : bytes.toString(StandardCharsets.UTF_8);
    }

    private synchronized void send(WebSocket socket, Object frame) {
        codec.writeOutbound(frame);
        for (ByteBuf part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
            byte[] bytes = ByteBufUtil.getBytes(part);
            part.release();
            // In pieces, as the borders of messages mean nothing.
            int middle = bytes.length / 2;
            write(socket, Arrays.copyOf(bytes, middle));
            write(socket, Arrays.copyOfRange(bytes, middle, bytes.length));
        }
    }

    private static void write(WebSocket socket, byte[] bytes) {
        // Not waited for: what the server sends meanwhile needs the same lock.
        Future<Void> unused = socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    /** Takes what the server sent. */
    synchronized void receive(Buffer data) {
        codec.writeInbound(Unpooled.wrappedBuffer(data.getBytes()));
        for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
            if (frame instanceof SpdySynReplyFrame reply) {
                accepted.add(reply.streamId());
            } else if (frame instanceof SpdyPingFrame) {
                pings++;
            } else if (frame instanceof SpdyDataFrame part) {
                received.computeIfAbsent(part.streamId(), key -> new ByteArrayOutputStream())
                        .writeBytes(ByteBufUtil.getBytes(part.content()));
                part.release();
                if (part.isLast()) {
                    ended.add(part.streamId());
                }
            }
        }
    }
}
