package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that answers each command with what the test says, and hangs up when it has nothing to say. */
class RedisStoreTest {

    private static final Element ELEMENT = new Element(0, 1);
    /** At the end of an answer: the connection ends there. */
    private static final String CUT = "(cut)";

    private static final String INFO = "$23\r\n# Server\r\nrun_id:abcdef\r\n";

    private final ServerSocket server;
    private final Deque<String> answers = new ArrayDeque<>();
    private final RedisStore store;

    RedisStoreTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        store = new RedisStore((InetSocketAddress) server.getLocalSocketAddress(), () -> "", "run1");
    }

    @BeforeEach
    void serve() {
        Thread thread = new Thread(this::answerAll, "fake-redis");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                while (skipCommand(in)) {
                    String answer;
                    synchronized (answers) {
                        answer = answers.poll();
                    }
                    if (answer == null) {
                        break;
                    }
                    socket.getOutputStream().write(answer.replace(CUT, "").getBytes(StandardCharsets.UTF_8));
                    if (answer.endsWith(CUT)) {
                        break;
                    }
                }
            } catch (IOException e) {
                // The test is over, or has closed its end.
            }
        }
    }

    private static boolean skipCommand(InputStream in) throws IOException {
        String head = line(in);
        if (head.isEmpty()) {
            return false;
        }
        for (int words = Integer.parseInt(head.substring(1)); words > 0; words--) {
            in.skipNBytes(Integer.parseInt(line(in).substring(1)) + 2L);
        }
        return true;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            text.append((char) c);
        }
        return text.toString().strip();
    }

    private void answer(String... next) {
        synchronized (answers) {
            answers.addAll(List.of(next));
        }
    }

    /** The server here looks at a connection only when the one before it has ended. */
    @Test
    @Timeout(30)
    void a_connection_that_gets_no_further_than_its_login_is_closed() {
        RedisStore locked = new RedisStore((InetSocketAddress) server.getLocalSocketAddress(), () -> "secret", "run1");
        answer("-WRONGPASS invalid username-password pair\r\n", "+OK\r\n", "-LOADING the dataset\r\n", "+OK\r\n", INFO);

        assertThatThrownBy(locked::open).isInstanceOf(StoreException.class).hasMessageContaining("WRONGPASS");
        assertThatThrownBy(locked::open).isInstanceOf(StoreException.class).hasMessageContaining("LOADING");
        try (Session session = locked.open()) {
            assertThat(session.server()).isEqualTo("abcdef");
        }
    }

    @Test
    void a_write_is_acknowledged_by_the_server_that_the_session_began_with() {
        answer(INFO, "$6\r\nabcdef\r\n", "$6\r\n123456\r\n");
        try (Session session = store.open()) {
            assertThat(session.server()).isEqualTo("abcdef");
            assertThat(session.write(ELEMENT, "x")).isEqualTo(Reply.acknowledged());
            assertThat(session.write(ELEMENT, "x").outcome()).isEqualTo(Outcome.INFO);
        }
    }

    @Test
    void an_error_proves_that_nothing_was_written() {
        answer(INFO, "-MISCONF Redis is configured to save RDB snapshots, but\r\n", ":0\r\n");
        try (Session session = store.open()) {
            assertThat(session.write(ELEMENT, "x"))
                    .isEqualTo(new Reply(Outcome.FAIL, "MISCONF Redis is configured to save RDB snapshots, but"));
            assertThat(session.delete(ELEMENT).outcome()).isEqualTo(Outcome.FAIL);
        }
    }

    @Test
    void an_answer_that_does_not_come_proves_nothing_and_nothing_is_sent_again() {
        answer(INFO, "$6\r\nabc" + CUT);
        try (Session session = store.open()) {
            assertThat(session.write(ELEMENT, "x").outcome()).isEqualTo(Outcome.INFO);
            assertThat(session.write(ELEMENT, "x").outcome()).isEqualTo(Outcome.INFO);
        }
    }

    @Test
    void a_row_that_is_there_twice_is_read_twice() {
        answer(INFO, "*2\r\n$4\r\nw0#1\r\n$25\r\nrun1 abcd x\nrun1 abcd xyz\r\n");
        try (Session session = store.open()) {
            assertThat(session.read())
                    .containsExactly(
                            new Row("run1", ELEMENT, Payload.digest("x")),
                            new Row("run1", ELEMENT, Payload.digest("xyz")));
        }
    }

    @Test
    void rows_that_are_not_read_in_full_are_not_read() {
        answer(INFO, "*4\r\n$4\r\nw0#1\r\n" + CUT);
        try (Session session = store.open()) {
            assertThatThrownBy(session::read)
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot read all rows of statefulkit_ledger_run1");
        }
    }

    @Test
    void settings_that_a_kill_makes_use_of_are_named() {
        assertThat(RedisStore.hazards("yes", "always")).isEmpty();
        assertThat(RedisStore.hazards("no", "always")).containsExactly(Hazard.whenKilled("appendonly = no"));
        assertThat(RedisStore.hazards("yes", "everysec")).containsExactly(Hazard.whenKilled("appendfsync = everysec"));
    }

    @Test
    void a_server_that_tells_no_settings_is_in_doubt() {
        answer(":0\r\n", "+OK\r\n", "-ERR unknown command 'CONFIG'\r\n", "-ERR unknown command 'CONFIG'\r\n");

        assertThat(store.prepare()).containsExactly(Hazard.whenKilled("appendonly = unknown"));
    }

    @Test
    void a_mark_that_is_gone_is_another_database() {
        answer("$4\r\nmark\r\n");
        assertThat(store.identity()).isEqualTo("mark");
        answer("$-1\r\n");
        assertThat(store.identity()).isEqualTo("none: the key statefulkit_identity_run1 is gone");
    }
}
