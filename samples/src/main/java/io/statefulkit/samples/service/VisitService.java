package io.statefulkit.samples.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;

/** A service of one's own that keeps state: it counts visits in a file. It is what is tested here, not how one should do it. */
public final class VisitService {

    private static final int PORT = 8080;

    private final Path file;

    private VisitService(Path file) {
        this.file = file;
    }

    /**
     * Serves {@code POST /visits}, which counts and answers with the count, and {@code GET /visits}.
     *
     * @param args the file of the counter, and the address to listen on
     */
    public static void main(String[] args) throws IOException {
        VisitService visits = new VisitService(Path.of(args[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(args[1], PORT), 0);
        server.createContext("/visits", visits::answer);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            long count = read();
            if (exchange.getRequestMethod().equals("POST")) {
                count++;
                write(count);
            }
            byte[] body = Long.toString(count).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private long read() throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    /** What is answered is on the disk before: a count that was told is never lost. */
    private void write(long count) throws IOException {
        Path next = file.resolveSibling("next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(Long.toString(count).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
