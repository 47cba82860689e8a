package io.statefulkit.embedded.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A server on a port of a pod: a pod's address is one of this machine, so that this JVM can stand in for a program in the
 * pod. It answers what it got and how much that was, once the client has sent all.
 */
final class EchoPort implements AutoCloseable {

    private final ServerSocket server;

    EchoPort(String podAddress, int port) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getByName(podAddress));
        Thread thread = new Thread(this::accept, "echo-port");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread thread = new Thread(() -> answer(client), "echo-port-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket client) {
        try (client) {
            long count = client.getInputStream().transferTo(client.getOutputStream());
            client.getOutputStream().write((", " + count + " bytes").getBytes(UTF_8));
        } catch (IOException e) {
            return;
        }
    }

    boolean isOpen() {
        return !server.isClosed();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
