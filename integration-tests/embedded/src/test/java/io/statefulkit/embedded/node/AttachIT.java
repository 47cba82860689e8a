package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.api.ContainerStreams.ExecRequest;
import io.statefulkit.embedded.api.ContainerStreams.Execution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients at the streams of a container's main process. */
class AttachIT {

    private static RunningNode node;

    @BeforeAll
    static void start() {
        node = RunningNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void clients_come_and_go_at_an_input_that_stays_open() {
        create("stays", "'stdin':true,'command':['sh','-c','while read -r line; do echo got $line; done; echo end']");

        RunningNode.Collected first = new RunningNode.Collected();
        try (Execution attached = attach("stays", first)) {
            send(attached, "one\n");
            await().atMost(RunningNode.LONG).until(() -> first.out().equals("got one\n"));
        }
        RunningNode.Collected second = new RunningNode.Collected();
        try (Execution attached = attach("stays", second)) {
            send(attached, "two\n");
            await().atMost(RunningNode.LONG).until(() -> second.out().equals("got two\n"));
        }
        assertThat(node.logs("stays", false)).isEqualTo("got one\ngot two\n");
        node.delete("stays", 0);
    }

    @Test
    void an_input_for_once_ends_with_its_first_client() {
        create("once", "'stdin':true,'stdinOnce':true,'command':['sh','-c','cat; echo end']");

        RunningNode.Collected output = new RunningNode.Collected();
        Execution attached = attach("once", output);
        send(attached, "words");
        attached.stdinClosed();

        node.awaitPod("once", status -> status.path("phase").asText().equals("Succeeded"));
        assertThat(output.exitCode()).isZero();
        assertThat(node.logs("once", false)).isEqualTo("wordsend\n");
    }

    @Test
    void a_container_with_a_terminal_shows_its_prompt_and_knows_its_size() {
        create(
                "terminal",
                "'stdin':true,'tty':true,'command':['sh','-c','printf prompt\\\\>; read -r x; stty size; read -r y']");

        RunningNode.Collected output = new RunningNode.Collected();
        try (Execution attached = attach("terminal", output)) {
            attached.resize(91, 33);
            send(attached, "go\n");
            await().atMost(RunningNode.LONG).until(() -> output.out().contains("33 91\r\n"));
            assertThat(node.logs("terminal", false)).startsWith("prompt>");
        }
        node.delete("terminal", 0);
    }

    @Test
    void lines_carry_the_time_at_which_they_were_written() {
        create("times", "'stdin':true,'command':['sh','-c','while read -r x; do date +%s.%N; done']");
        RunningNode.Collected seen = new RunningNode.Collected();
        try (Execution attached = attach("times", seen)) {
            for (int i = 1; i <= 3; i++) {
                int count = i;
                send(attached, "\n");
                await().atMost(RunningNode.LONG).until(() -> seen.out().lines().count() == count);
            }
        }

        List<String> lines = node.timedLogs("times").lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf(' '))))
                .as("each line its own time")
                .doesNotHaveDuplicates();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            String[] written = parts[1].split("\\.", -1);
            Instant wrote = Instant.ofEpochSecond(Long.parseLong(written[0]), Long.parseLong(written[1]));
            assertThat(Instant.parse(parts[0])).isAfterOrEqualTo(wrote.minus(Duration.ofMillis(5)));
        }
        node.delete("times", 0);
    }

    private static void create(String name, String container) {
        node.create(
                name, "{'restartPolicy':'Never','containers':[{'name':'app','image':'busybox'," + container + "}]}");
        node.awaitPod(name, status -> !status.path("phase").asText().equals("Pending"));
    }

    private static Execution attach(String name, RunningNode.Collected output) {
        return node.agent.streams().attach(new ExecRequest("default", name, "", List.of(), true, false), output);
    }

    private static void send(Execution execution, String text) {
        execution.stdin(text.getBytes(StandardCharsets.UTF_8));
    }
}
