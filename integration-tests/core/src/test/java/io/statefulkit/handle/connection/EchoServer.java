package io.statefulkit.handle.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends its name and a line break to each client, and then back whatever it gets. */
final class EchoServer implements AutoCloseable {

    private final String name;
    private final ServerSocket server;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private EchoServer(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
    }

    /** Starts a server at an address of this machine; port 0 is any free one. */
    static EchoServer at(String address, int port, String name) throws IOException {
        EchoServer echo = new EchoServer(name, new ServerSocket(port, 256, InetAddress.getByName(address)));
        start(echo::accept);
        return echo;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Returns how many connections have not ended. */
    int clients() {
        return clients.size();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                start(() -> echo(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket client) {
        try (client) {
            client.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = client.getInputStream();
            in.transferTo(client.getOutputStream());
        } catch (IOException e) {
            return;
        } finally {
            clients.remove(client);
        }
    }

    /** Ends all connections, as the end of a process does. */
    void dropClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropClients();
    }
}
