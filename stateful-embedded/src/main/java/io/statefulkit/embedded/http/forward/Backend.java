package io.statefulkit.embedded.http.forward;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a port of a pod. Its two directions end apart, which is why it is not a socket of the web server.
 * Used on the event loop of its client only; what is written before it is connected is kept.
 */
final class Backend extends ChannelInboundHandlerAdapter {

    /** What comes from a backend, on the event loop of its client. */
    interface Events {
        /** Takes what it sent. */
        void data(Buffer data);

        /** Says that it sends no more; it may still read. Comes once, and when the connection is cut, too. */
        void ended();

        /** Says that there is no connection. */
        void failed(String why);

        /** Says that it takes data again after it was {@linkplain #full() full}. */
        void writable();
    }

    private final Events events;
    private final List<ByteBuf> early = new ArrayList<>();
    private @Nullable Channel channel;
    private boolean paused;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;

    private Backend(Events events) {
        this.events = events;
    }

    static Backend connect(Context context, InetSocketAddress address, Events events) {
        Backend backend = new Backend(events);
        ChannelFuture connecting = new Bootstrap()
                .group(((ContextInternal) context).nettyEventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                // Clients limit what one message may hold, often to 64 KiB.
                .option(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 8_192, 32_768))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(backend)
                .connect(address);
        connecting.addListener(ignored -> backend.connected(connecting));
        return backend;
    }

    private void connected(ChannelFuture connecting) {
        if (!connecting.isSuccess()) {
            release();
            if (!closed) {
                closed = true;
                events.failed(
                        connecting.cause() instanceof ConnectException
                                ? "connection refused"
                                : String.valueOf(connecting.cause().getMessage()));
                events.writable();
            }
            return;
        }
        Channel connected = connecting.channel();
        channel = connected;
        if (closed) {
            release();
            ChannelFuture unused = connected.close();
            return;
        }
        connected.config().setAutoRead(!paused);
        early.forEach(bytes -> send(connected, bytes));
        early.clear();
        if (outputEnded) {
            shutdown(connected);
        }
        if (!full()) {
            // Whoever was told to wait for the connection: a channel that never was full does not say that it takes
            // more.
            events.writable();
        }
    }

    private void release() {
        early.forEach(ByteBuf::release);
        early.clear();
    }

    void write(byte[] data) {
        Channel connected = channel;
        if (closed || outputEnded || data.length == 0) {
            return;
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(data);
        if (connected == null) {
            early.add(bytes);
        } else {
            send(connected, bytes);
        }
    }

    // What cannot be sent shows as the end of the connection.
    private static void send(Channel connected, ByteBuf bytes) {
        ChannelFuture unused = connected.writeAndFlush(bytes);
    }

    /** Tells the backend that nothing more comes; what it sends still arrives. */
    void end() {
        Channel connected = channel;
        if (closed || outputEnded) {
            return;
        }
        outputEnded = true;
        if (connected != null) {
            shutdown(connected);
        }
    }

    private void shutdown(Channel connected) {
        connected.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ignored -> {
            if (inputEnded) {
                close();
            } else {
                ChannelFuture unused = ((SocketChannel) connected).shutdownOutput();
            }
        });
    }

    boolean full() {
        Channel connected = channel;
        return !closed && !outputEnded && (connected == null ? early.size() > 64 : !connected.isWritable());
    }

    void pause() {
        read(false);
    }

    void resume() {
        read(true);
    }

    private void read(boolean on) {
        paused = !on;
        Channel connected = channel;
        if (connected != null) {
            connected.config().setAutoRead(on);
        }
    }

    /** Cuts the connection after what was written; idempotent. */
    void close() {
        Channel connected = channel;
        closed = true;
        if (connected != null) {
            connected.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!closed) {
                events.data(Buffer.buffer(bytes.readableBytes()).appendBytes(content(bytes)));
            }
        } finally {
            bytes.release();
        }
    }

    private static byte[] content(ByteBuf bytes) {
        byte[] content = new byte[bytes.readableBytes()];
        bytes.readBytes(content);
        return content;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownReadComplete) {
            inputEnded();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inputEnded();
        closed = true;
        events.writable();
    }

    private void inputEnded() {
        if (!inputEnded) {
            inputEnded = true;
            if (!closed) {
                events.ended();
            }
            if (outputEnded) {
                close();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            events.writable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset shows as the end of the connection.
        ChannelFuture unused = context.close();
    }
}
