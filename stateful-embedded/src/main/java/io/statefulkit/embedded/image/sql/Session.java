package io.statefulkit.embedded.image.sql;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A session with a server. */
final class Session implements AutoCloseable {

    private final Wire wire;
    private final Arguments arguments;
    private final PrintStream out;
    private final PrintStream err;

    private Session(Wire wire, Arguments arguments, PrintStream out, PrintStream err) {
        this.wire = wire;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    static Session open(Arguments arguments, String password, PrintStream out, PrintStream err)
            throws IOException, GeneralSecurityException {
        Wire wire = Wire.connect(arguments.host, Integer.parseInt(arguments.port));
        wire.startup(arguments.user, arguments.database);
        Scram scram = new Scram(password);
        while (true) {
            Wire.Message message = wire.read();
            switch (message.type()) {
                case 'R' -> authenticate(wire, scram, password, message.body());
                case 'E' -> {
                    wire.close();
                    throw new IOException(message.text());
                }
                case 'Z' -> {
                    return new Session(wire, arguments, out, err);
                }
                default -> {
                    // Settings of the session.
                }
            }
        }
    }

    private static void authenticate(Wire wire, Scram scram, String password, byte[] body)
            throws IOException, GeneralSecurityException {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int kind = buffer.getInt();
        String rest = StandardCharsets.UTF_8.decode(buffer).toString();
        switch (kind) {
            case 0, 12 -> {
                // Let in, or the server's own proof, which the local machine need not give.
            }
            case 3 -> wire.send('p', Wire.text(password));
            case 10 -> wire.send('p', initial(scram.first()));
            case 11 -> wire.send('p', scram.answer(rest).getBytes(StandardCharsets.UTF_8));
            default -> throw new IOException("authentication method " + kind + " is not supported without a client");
        }
    }

    private static byte[] initial(String first) {
        byte[] name = Wire.text("SCRAM-SHA-256");
        byte[] data = first.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Integer.BYTES + data.length)
                .put(name)
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** Runs one statement; returns whether it succeeded. */
    boolean run(String statement) throws IOException {
        wire.send('Q', Wire.text(statement));
        boolean fine = true;
        boolean copied = false;
        while (true) {
            Wire.Message message = wire.read();
            switch (message.type()) {
                case 'T' -> header(message.body());
                case 'D' -> out.println(String.join(arguments.separator, row(message.body())));
                case 'H' -> copied = true;
                case 'd' -> out.write(message.body(), 0, message.body().length);
                case 'C' -> {
                    // As psql does, not where the data went.
                    if (!copied) {
                        tag(new String(message.body(), StandardCharsets.UTF_8).trim());
                    }
                    copied = false;
                }
                case 'N' -> err.println(message.text());
                case 'G' ->
                    wire.send('f', Wire.text("COPY FROM STDIN needs a PostgreSQL client, which is not installed"));
                case 'E' -> {
                    err.println(message.text());
                    fine = false;
                }
                case 'Z' -> {
                    return fine;
                }
                default -> {
                    // Empty queries, settings, and the end of the data of COPY TO.
                }
            }
        }
    }

    private void header(byte[] body) {
        if (arguments.tuplesOnly) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        List<String> names = new ArrayList<>();
        for (int columns = buffer.getShort(); columns > 0; columns--) {
            int start = buffer.position();
            int end = start;
            while (body[end] != 0) {
                end++;
            }
            names.add(new String(Arrays.copyOfRange(body, start, end), StandardCharsets.UTF_8));
            buffer.position(end + 1 + 18);
        }
        out.println(String.join(arguments.separator, names));
    }

    private static List<String> row(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        List<String> values = new ArrayList<>();
        for (int columns = buffer.getShort(); columns > 0; columns--) {
            int length = buffer.getInt();
            byte[] value = new byte[Math.max(0, length)];
            buffer.get(value);
            values.add(new String(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    private void tag(String tag) {
        if (!arguments.quiet && !tag.startsWith("SELECT")) {
            out.println(tag);
        }
    }

    @Override
    public void close() throws IOException {
        wire.send('X', new byte[0]);
        wire.close();
    }
}
