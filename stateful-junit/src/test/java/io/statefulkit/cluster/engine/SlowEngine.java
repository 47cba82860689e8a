package io.statefulkit.cluster.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Docker engine behind a socket of the file system that answers some questions and lets who asks others wait for ever. */
public final class SlowEngine implements AutoCloseable {

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, String> answers;
    private final List<SocketChannel> asking = new CopyOnWriteArrayList<>();

    /** Listens in this directory, and answers with a status and a body, such as {@code 200 OK}, to what begins like a key. */
    public SlowEngine(Path directory, Map<String, String> answers) throws IOException {
        this.socket = directory.resolve("docker.sock");
        this.answers = Map.copyOf(answers);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "slow-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** For {@code DOCKER_HOST}. */
    public String address() {
        return URI.create("unix://" + socket).toString();
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                SocketChannel channel = server.accept();
                asking.add(channel);
                try {
                    answer(channel);
                } catch (IOException e) {
                    // Who asked did not wait.
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void answer(SocketChannel channel) throws IOException {
        BufferedReader request =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        String[] line = String.valueOf(request.readLine()).split(" ", 3);
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            if (line.length > 1 && line[1].startsWith(answer.getKey())) {
                String[] statusAndBody = answer.getValue().split(" ", 2);
                String text = "HTTP/1.0 " + statusAndBody[0] + " -\r\nContent-Type: application/json\r\n\r\n"
                        + statusAndBody[1];
                int unused = channel.write(StandardCharsets.UTF_8.encode(text));
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : asking) {
            channel.close();
        }
    }
}
