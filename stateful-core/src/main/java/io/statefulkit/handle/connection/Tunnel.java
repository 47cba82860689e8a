package io.statefulkit.handle.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One local connection and its way into a pod through the API server. What comes from the pod is written by a thread, so a slow
 * client blocks nobody. Over a WebSocket the end of one direction cannot be told, so either side that sends no more ends both.
 */
final class Tunnel implements Link, ChannelSocket.Frames {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int CHUNK = 32 * 1024 - 1;

    /** A piece of data, and what asks for the next one; no bytes at the end. */
    private record Piece(ByteBuffer bytes, Runnable more) {
        private boolean last() {
            return !bytes.hasRemaining();
        }
    }

    private static final Piece END = new Piece(ByteBuffer.allocate(0), () -> {});

    private final Socket local;
    private final String podUid;
    private final Runnable closed;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable ChannelSocket> pod = new AtomicReference<>();
    private final AtomicInteger greeted = new AtomicInteger();
    private final LinkedBlockingQueue<Piece> toLocal = new LinkedBlockingQueue<>();

    /**
     * Creates a tunnel whose socket to the pod is yet to be opened.
     *
     * @param closed called once when the tunnel is over
     */
    Tunnel(Socket local, String podUid, Runnable closed) {
        this.local = local;
        this.podUid = podUid;
        this.closed = closed;
    }

    @Override
    public String podUid() {
        return podUid;
    }

    /** Carries bytes both ways until one side ends; the caller's thread carries those towards the pod. */
    void run(ChannelSocket remote, Executor threads) {
        pod.set(remote);
        try (remote) {
            threads.execute(this::writeLocal);
            InputStream in = local.getInputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                remote.send(DATA, chunk, read);
            }
        } catch (IOException | RejectedExecutionException e) {
            LOG.trace("a forwarded connection ended", e);
        } finally {
            abort();
        }
    }

    private void writeLocal() {
        try {
            OutputStream out = local.getOutputStream();
            for (Piece piece = toLocal.take(); !piece.last(); piece = toLocal.take()) {
                out.write(piece.bytes().array());
                piece.more().run();
            }
        } catch (IOException e) {
            LOG.trace("a forwarded connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            abort();
        }
    }

    @Override
    public void frame(int channel, ByteBuffer data, Runnable more) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        // The first message of each of the two streams repeats the number of the port.
        int greeting = 1 << channel;
        if (channel <= ERROR && (greeted.getAndUpdate(seen -> seen | greeting) & greeting) == 0) {
            more.run();
        } else if (channel == DATA && bytes.length > 0) {
            toLocal.add(new Piece(ByteBuffer.wrap(bytes), more));
        } else if (channel == ERROR && bytes.length > 0) {
            ended(new String(bytes, StandardCharsets.UTF_8));
        } else {
            more.run();
        }
    }

    @Override
    public void ended(String why) {
        LOG.debug("a forwarded connection ended: {}", why);
        toLocal.add(END);
    }

    @Override
    public void abort() {
        if (over.compareAndSet(false, true)) {
            toLocal.add(END);
            closed.run();
            Sockets.close(local);
            ChannelSocket remote = pod.get();
            if (remote != null) {
                remote.close();
            }
        }
    }
}
