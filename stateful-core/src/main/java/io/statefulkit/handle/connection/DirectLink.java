package io.statefulkit.handle.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A way into a pod that is on this very machine: over its address, without the API server in between. */
final class DirectLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(DirectLink.class);
    private static final int CHUNK = 64 * 1024;

    private final Socket local;
    private final Socket pod;
    private final String podUid;
    private final Runnable closed;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Creates a link.
     *
     * @param closed called once when the link is over
     */
    DirectLink(Socket local, Socket pod, String podUid, Runnable closed) {
        this.local = local;
        this.pod = pod;
        this.podUid = podUid;
        this.closed = closed;
    }

    @Override
    public String podUid() {
        return podUid;
    }

    /**
     * Carries bytes both ways until both sides have said that they send no more, or one cannot be reached any more; the
     * caller's thread carries those towards the pod.
     */
    void run(Executor threads) {
        try {
            threads.execute(() -> carry(pod, local));
            carry(local, pod);
        } catch (RejectedExecutionException e) {
            LOG.trace("a forwarded connection came while its port was being closed", e);
            abort();
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
            to.shutdownOutput();
            if (ended.incrementAndGet() == 2) {
                abort();
            }
        } catch (IOException e) {
            LOG.trace("a forwarded connection ended", e);
            abort();
        }
    }

    @Override
    public void abort() {
        if (over.compareAndSet(false, true)) {
            closed.run();
            Sockets.close(local);
            Sockets.close(pod);
        }
    }
}
