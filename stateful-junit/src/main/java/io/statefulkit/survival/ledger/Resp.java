package io.statefulkit.survival.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection that speaks the protocol of Redis, version 2. It never connects again and never sends a command twice, as the clients do
 * that hide an outage: what becomes of a command is known exactly.
 */
final class Resp implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Resp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 15);
    }

    static Resp connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, (int) CONNECT.toMillis());
            socket.setSoTimeout((int) SILENCE.toMillis());
            socket.setTcpNoDelay(true);
            return new Resp(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a command and returns its answer: a String, a Long, a List of answers, or "" for none.
     *
     * @throws RefusedException when the server answers with an error: it did not do it
     * @throws IOException when there is no answer: nobody knows
     */
    Object call(String... command) throws IOException {
        out.write(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : command) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write('\r');
            out.write('\n');
        }
        out.flush();
        return answer();
    }

    /** The same, for a command whose answer is a list of texts. */
    List<String> list(String... command) throws IOException {
        Object answer = call(command);
        if (answer instanceof List<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        throw new IOException("expected a list in answer to " + command[0] + ", got " + answer);
    }

    private Object answer() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            throw new IOException("expected an answer, got an empty line");
        }
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new RefusedException(rest);
            case ':' -> Long.parseLong(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("expected an answer of Redis, got: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("the connection ended within an answer");
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** An error within an array is no error of the whole command, which other answers follow: none of our commands has one. */
    private List<Object> array(int length) throws IOException {
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            answers.add(answer());
        }
        return answers;
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended before an answer");
            }
            text.append((char) c);
        }
        if (in.read() != '\n') {
            throw new IOException("expected the end of a line");
        }
        return text.toString();
    }

    /** Also breaks a call of another thread. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The server answered with an error, such as {@code LOADING} or {@code MISCONF}. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
