package io.statefulkit.embedded.control.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies one direction of a connection; when both are at their end, both sockets are closed. */
final class Pipe implements CompletionHandler<Integer, Boolean> {

    private static final int BUFFER = 16 * 1024;

    private final AsynchronousSocketChannel from;
    private final AsynchronousSocketChannel to;
    private final AtomicInteger open;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private Pipe(AsynchronousSocketChannel from, AsynchronousSocketChannel to, AtomicInteger open) {
        this.from = from;
        this.to = to;
        this.open = open;
    }

    /** Connects two sockets in both directions. */
    static void join(AsynchronousSocketChannel one, AsynchronousSocketChannel other) {
        AtomicInteger open = new AtomicInteger(2);
        new Pipe(one, other, open).read();
        new Pipe(other, one, open).read();
    }

    private void read() {
        buffer.clear();
        from.read(buffer, true, this);
    }

    @Override
    public void completed(Integer count, Boolean wasRead) {
        if (wasRead && count < 0) {
            end();
            return;
        }
        if (wasRead) {
            buffer.flip();
        }
        if (buffer.hasRemaining()) {
            to.write(buffer, false, this);
        } else {
            read();
        }
    }

    @Override
    public void failed(Throwable problem, Boolean wasRead) {
        close();
    }

    /** The other direction may go on: a client that has said everything may still wait for the answer. */
    private void end() {
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            close();
            return;
        }
        if (open.decrementAndGet() == 0) {
            close();
        }
    }

    private void close() {
        Sockets.close(from);
        Sockets.close(to);
    }
}
