package io.statefulkit.embedded.http.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The frames of one SPDY connection: bytes in, frames out, and back. Keeps the state of compressed headers. */
final class SpdyFrames {

    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

    /** Returns the frames that are complete with these bytes. */
    List<Object> decode(Buffer bytes) {
        codec.writeInbound(Unpooled.wrappedBuffer(bytes.getBytes()));
        List<Object> frames = new ArrayList<>();
        for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    /** Returns the bytes of a frame. */
    Buffer encode(Object frame) {
        codec.writeOutbound(frame);
        Buffer bytes = Buffer.buffer();
        for (Object part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
            ByteBuf buffer = (ByteBuf) part;
            byte[] content = new byte[buffer.readableBytes()];
            buffer.readBytes(content);
            buffer.release();
            bytes.appendBytes(content);
        }
        return bytes;
    }

    void close() {
        codec.finishAndReleaseAll();
    }
}
