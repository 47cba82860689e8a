package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a forward does, whichever way its connections take into a pod. */
@Timeout(120)
abstract class ForwardContract {

    static final Duration LONG = Duration.ofSeconds(60);

    final FakeStreams streams = new FakeStreams();
    final ApiServer cluster = new ApiServer(streams);
    private EchoServer first;
    private EchoServer second;
    private Forward forward;

    @BeforeEach
    void open_a_forward_to_a_ready_pod() throws IOException {
        List<EchoServer> servers = servers();
        first = servers.get(0);
        second = servers.get(1);
        lead("db-0", first);
        cluster.createReadyPod("db-0");
        forward = Forward.open(
                cluster.client(), WorkloadRef.statefulSet("default", "db"), ApiServer.LABELS, pod -> true, port(first));
    }

    /** Starts one with the port of the other and another address, as pods have; the port may be taken there. */
    private static List<EchoServer> servers() throws IOException {
        for (int tries = 1; ; tries++) {
            EchoServer one = EchoServer.at("127.0.0.1", 0, "first");
            try {
                return List.of(one, EchoServer.at("127.0.0.2", one.address().getPort(), "second"));
            } catch (BindException e) {
                one.close();
                if (tries == 20) {
                    throw e;
                }
            }
        }
    }

    /** Lets a pod lead to a server from now on. */
    abstract void lead(String pod, EchoServer server);

    /** Returns the port in the pod. */
    abstract int port(EchoServer server);

    /** Returns the connections that went through the API server for one connection to that port. */
    abstract List<String> dialled(int port);

    @AfterEach
    void close() throws IOException {
        forward.close();
        first.close();
        second.close();
        cluster.close();
    }

    @Test
    void carries_bytes_both_ways_unchanged() throws IOException {
        byte[] sent = new byte[5_000_000];
        new Random(7).nextBytes(sent);
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(socket, sent));
            byte[] back = new byte[sent.length];
            new DataInputStream(socket.getInputStream()).readFully(back);

            assertThat(back).isEqualTo(sent);
            assertThat(writing).succeedsWithin(LONG);
        }
        assertThat(streams.dialled()).isEqualTo(dialled(port(first)));
    }

    @Test
    void a_new_connection_goes_to_the_pod_that_took_the_place_of_another() throws IOException {
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");
        }
        replacePod();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            try (Socket socket = connect()) {
                assertThat(name(socket)).isEqualTo("second");
            }
        });
    }

    @Test
    void a_connection_to_a_pod_that_is_gone_is_closed_although_its_server_says_nothing() throws IOException {
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");

            cluster.removePod("db-0");

            socket.setSoTimeout((int) LONG.toMillis());
            assertThat(endOf(socket)).as("the end of the stream").isTrue();
        }
        assertThat(forward.connections()).isZero();
        await().atMost(LONG).until(() -> first.clients() == 0);
    }

    @Test
    void a_connection_ends_when_the_server_ends_it() throws IOException {
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");
            socket.setSoTimeout((int) LONG.toMillis());

            first.dropClients();

            assertThat(endOf(socket)).isTrue();
        }
        await().atMost(LONG).until(() -> forward.connections() == 0);
    }

    @Test
    void the_server_sees_the_end_when_the_client_ends() throws IOException {
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");
        }
        await().atMost(LONG).until(() -> first.clients() == 0);
        await().atMost(LONG).until(() -> forward.connections() == 0);
    }

    @Test
    void many_connections_at_once_do_not_mix() {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String word = "word-" + i;
            all.add(CompletableFuture.supplyAsync(() -> echo(word)));
        }
        List<String> back = all.stream().map(CompletableFuture::join).toList();
        for (int i = 0; i < back.size(); i++) {
            assertThat(back.get(i)).isEqualTo("word-" + i);
        }
        await().atMost(LONG).until(() -> forward.connections() == 0 && first.clients() == 0);
    }

    @Test
    void a_client_that_does_not_read_holds_up_no_other() throws IOException {
        CompletableFuture<Void> flood;
        try (Socket lazy = connect()) {
            flood = CompletableFuture.runAsync(() -> flood(lazy));

            assertThat(echo("still here")).isEqualTo("still here");
            assertThat(flood).isNotDone();
        }
        assertThat(flood).failsWithin(LONG);
    }

    @Test
    void a_connection_waits_a_moment_for_a_pod_that_is_about_to_be_ready() {
        cluster.setReady("db-0", false);
        CompletableFuture<String> early = CompletableFuture.supplyAsync(() -> echo("early"));
        cluster.setReady("db-0", true);

        assertThat(early).succeedsWithin(LONG).isEqualTo("early");
    }

    @Test
    void a_connection_is_reset_when_no_pod_becomes_ready() {
        forward.close();
        forward = Forward.open(
                cluster.client(),
                WorkloadRef.statefulSet("default", "db"),
                ApiServer.LABELS,
                pod -> true,
                port(first),
                Duration.ofMillis(300));
        cluster.removePod("db-0");

        // A connection that comes before the forward has seen the end of the pod may still be served.
        await().atMost(LONG)
                .untilAsserted(() -> assertThatThrownBy(() -> {
                            try (Socket socket = connect()) {
                                socket.setSoTimeout((int) LONG.toMillis());
                                name(socket);
                            }
                        })
                        .isInstanceOf(IOException.class));
    }

    @Test
    void closing_leaves_no_thread_no_port_and_no_connection() throws IOException {
        try (Socket socket = connect()) {
            assertThat(name(socket)).isEqualTo("first");
            int port = forward.port();

            forward.close();

            // A thread is listed for a moment after it has done its last work.
            await().atMost(LONG).until(() -> threads(port).isEmpty());
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
            await().atMost(LONG).until(() -> first.clients() == 0);
        }
    }

    private void replacePod() {
        cluster.removePod("db-0");
        lead("db-0", second);
        cluster.createReadyPod("db-0");
    }

    private static List<String> threads(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("statefulkit-forward-" + port))
                .toList();
    }

    EchoServer first() {
        return first;
    }

    int connections() {
        return forward.connections();
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), forward.port());
    }

    private String echo(String word) {
        try (Socket socket = connect()) {
            name(socket);
            byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Reads the first line. */
    static String name(Socket socket) throws IOException {
        StringBuilder name = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\n';
                next = socket.getInputStream().read()) {
            if (next < 0) {
                throw new IOException("the connection ended after \"" + name + "\"");
            }
            name.append((char) next);
        }
        return name.toString();
    }

    /** Tells whether the connection ends, by its end or by a reset, and not only by our own timeout. */
    static boolean endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    /** Writes until the connection ends. */
    private static void flood(Socket socket) {
        byte[] bytes = new byte[1_000_000];
        while (true) {
            write(socket, bytes);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
