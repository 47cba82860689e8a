package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.embedded.api.ContainerStreams.ExecRequest;
import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExecTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ApiServer cluster = new ApiServer(new FakeStreams(ExecTest::answer));
    private final Exec exec = new Exec(cluster.client(), "default");

    @BeforeEach
    void create_a_pod() {
        cluster.createReadyPod("db-0");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void returns_exit_code_and_both_streams() {
        ExecResult result = exec.run("db-0", "db", List.of("fail", "a b", "c&d=e", "ü+%"), LONG);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("a b|c&d=e|ü+%");
        assertThat(result.stderr()).isEqualTo("no luck");
        assertThat(result.ok()).isFalse();
        assertThatThrownBy(result::orThrow)
                .isInstanceOf(ExecException.class)
                .hasMessage("expected exit code 0 but was 3 of fail a b c&d=e ü+%\n  | no luck");
    }

    @Test
    void success_has_exit_code_0_and_all_of_a_large_output() {
        ExecResult result = exec.run("db-0", "db", List.of("large"), LONG);

        assertThat(result.ok()).isTrue();
        assertThat(result.stdout()).hasSize(3_000_000);
    }

    @Test
    void input_arrives_whole() {
        byte[] input = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

        assertThat(exec.run("db-0", "db", List.of("count", "100000"), input, LONG)
                        .stdout())
                .isEqualTo("100000");
    }

    @Test
    void a_command_that_ends_before_it_has_read_its_input_keeps_its_exit_code() {
        byte[] input = new byte[16_000_000];

        assertThat(exec.run("db-0", "db", List.of("fail"), input, LONG).exitCode())
                .isEqualTo(3);
    }

    @Test
    void a_connection_that_ends_before_the_command_leaves_the_exit_code_unknown() {
        assertThatThrownBy(() -> exec.run("db-0", "db", List.of("break"), LONG))
                .isInstanceOfSatisfying(
                        ExecException.class,
                        failure -> assertThat(failure.result()).isEmpty())
                .hasMessageContaining("the pod is gone");
    }

    @Test
    void a_command_that_takes_too_long_is_given_up() {
        assertThatThrownBy(() -> exec.run("db-0", "db", List.of("hang"), Duration.ofMillis(300)))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("has not ended within");
    }

    @Test
    void a_pod_that_does_not_exist_is_an_error_of_the_api_server() {
        assertThatThrownBy(() -> exec.run("db-7", "db", List.of("large"), LONG))
                .isInstanceOf(KubernetesClientException.class);
    }

    private static Execution answer(ExecRequest request, Output output) {
        if (!request.pod().equals("db-0")) {
            throw Failures.notFound();
        }
        List<String> words = request.command();
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> start(words, output));
        return new Execution() {
            @Override
            public void stdin(byte[] bytes) {
                input.writeBytes(bytes);
                if (words.get(0).equals("count") && input.size() == Integer.parseInt(words.get(1))) {
                    output.stdout(String.valueOf(input.size()).getBytes(StandardCharsets.UTF_8));
                    output.exited(0);
                }
            }

            @Override
            public void stdinClosed() {}

            @Override
            public void resize(int columns, int rows) {}

            @Override
            public void close() {}
        };
    }

    private static void start(List<String> words, Output output) {
        switch (words.get(0)) {
            case "fail" -> {
                output.stdout(String.join("|", words.subList(1, words.size())).getBytes(StandardCharsets.UTF_8));
                output.stderr("no luck".getBytes(StandardCharsets.UTF_8));
                output.exited(3);
            }
            case "large" -> {
                for (int i = 0; i < 300; i++) {
                    output.stdout(new byte[10_000]);
                }
                output.exited(0);
            }
            case "break" -> output.failed("the pod is gone");
            default -> {
                // "count" and "hang" say nothing by themselves.
            }
        }
    }
}
