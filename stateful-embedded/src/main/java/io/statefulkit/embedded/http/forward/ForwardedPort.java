package io.statefulkit.embedded.http.forward;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** One forwarded connection of a SPDY tunnel: a stream for data and one that tells what went wrong. */
final class ForwardedPort implements Backend.Events {

    private final SpdyTunnel tunnel;
    private final int port;
    private int errorStream;
    private int dataStream;
    private @Nullable Backend backend;
    private boolean inputEnded;
    private boolean answered;
    private boolean gone;
    private final Buffer early = Buffer.buffer();

    ForwardedPort(SpdyTunnel tunnel, int port) {
        this.tunnel = tunnel;
        this.port = port;
    }

    void setErrorStream(int id) {
        errorStream = id;
    }

    void setDataStream(int id) {
        dataStream = id;
    }

    boolean complete() {
        return errorStream != 0 && dataStream != 0;
    }

    boolean isData(int stream) {
        return stream == dataStream;
    }

    /** Connects; what the client sends until then is kept. */
    void connect(Context context, Dialer dialer) {
        dialer.dial(
                port,
                address -> {
                    if (gone) {
                        return;
                    }
                    Backend connecting = Backend.connect(context, address, this);
                    backend = connecting;
                    connecting.write(early.getBytes());
                    if (inputEnded) {
                        connecting.end();
                    }
                },
                this::failed);
    }

    /** Takes data of the client. */
    void receive(byte[] data) {
        Backend connected = backend;
        if (connected == null) {
            early.appendBytes(data);
        } else {
            connected.write(data);
        }
    }

    /** Says that the client sends no more. */
    void inputEnded() {
        inputEnded = true;
        if (backend != null) {
            backend.end();
        }
    }

    /** Returns whether the client was told that nothing more comes. */
    boolean answered() {
        return answered;
    }

    boolean full() {
        return backend != null && backend.full();
    }

    void pause() {
        if (backend != null) {
            backend.pause();
        }
    }

    void resume() {
        if (backend != null) {
            backend.resume();
        }
    }

    void close() {
        gone = true;
        if (backend != null) {
            backend.close();
        }
    }

    @Override
    public void data(Buffer data) {
        tunnel.send(dataStream, data, false);
    }

    @Override
    public void ended() {
        // A client closes its own socket only when it knows that there was no error.
        tunnel.send(dataStream, Buffer.buffer(), true);
        tunnel.send(errorStream, Buffer.buffer(), true);
        answered = true;
        tunnel.answered(this, inputEnded);
    }

    @Override
    public void failed(String why) {
        tunnel.send(errorStream, Buffer.buffer(tunnel.problem(port, why)), true);
        tunnel.send(dataStream, Buffer.buffer(), true);
        answered = true;
        tunnel.answered(this, inputEnded);
    }

    @Override
    public void writable() {
        tunnel.writable();
    }
}
