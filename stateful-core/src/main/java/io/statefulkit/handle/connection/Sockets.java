package io.statefulkit.handle.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes local sockets. */
final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final int BACKLOG = 256;
    private static final int LEAVING_MILLIS = 1_000;

    private Sockets() {}

    /** Listens on a free port of 127.0.0.1, which no other machine can reach. */
    static ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
        return server;
    }

    /** Closes; never throws. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("a socket did not close cleanly", e);
        }
    }

    /** Closes with a reset, as a refused connection ends; never throws. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.trace("a socket is closed already", e);
        }
        close(socket);
    }

    /** Ends a connection without a word, so that the other side finds an end and no broken pipe when it leaves; never throws. */
    static void turnAway(Socket socket) {
        try {
            socket.setSoTimeout(LEAVING_MILLIS);
            socket.shutdownOutput();
            long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.trace("a socket that was turned away did not close cleanly", e);
        }
        close(socket);
    }

    /** Closes; never throws. */
    static void close(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            LOG.trace("a server socket did not close cleanly", e);
        }
    }
}
