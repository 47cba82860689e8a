package io.statefulkit.embedded.image.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PsqlStandInTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void what_is_copied_to_the_output_is_printed_without_a_tag() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> copies(server));
            Arguments arguments = Arguments.parse(
                    new String[] {"-h", "127.0.0.1", "-U", "app", "-c", "copy t to stdout csv"},
                    Map.of("PGPORT", Integer.toString(server.getLocalPort())));

            int code = PsqlStandIn.run(arguments, stream(out), stream(err));

            assertThat(asked.get(60, TimeUnit.SECONDS)).isEqualTo("copy t to stdout csv");
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1,a\n2,b\n");
            assertThat(code).isZero();
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** A server that lets everybody in and answers one statement with two rows of a copy. */
    private static String copies(ServerSocket server) {
        try (Socket client = server.accept();
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream to = new DataOutputStream(client.getOutputStream())) {
            in.skipNBytes(in.readInt() - Integer.BYTES);
            send(to, 'R', 0, 0, 0, 0);
            send(to, 'Z', 'I');
            in.readByte();
            String statement = new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.UTF_8).trim();
            send(to, 'H', 0, 0, 0);
            send(to, 'd', '1', ',', 'a', '\n');
            send(to, 'd', '2', ',', 'b', '\n');
            send(to, 'c');
            send(to, 'C', 'C', 'O', 'P', 'Y', ' ', '2', 0);
            send(to, 'Z', 'I');
            in.readByte();
            return statement;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(DataOutputStream to, char type, int... body) throws IOException {
        to.writeByte(type);
        to.writeInt(body.length + Integer.BYTES);
        for (int each : body) {
            to.writeByte(each);
        }
        to.flush();
    }
}
