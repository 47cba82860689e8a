package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.internal.NotApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Runs commands in containers. */
@NotApi
public final class Exec {

    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int PART = 1 << 14;

    /** Where even {@code /tmp} cannot be written to, shared memory mostly can. */
    private static final String WHOLE = """
        bytes=%d
        input=$(mktemp 2>/dev/null || TMPDIR=/dev/shm mktemp) || exit 73
        head -c "$bytes" >"$input" && came=$(wc -c <"$input") || { rm -f "$input"; exit 74; }
        exec <"$input"
        rm -f "$input"
        [ "$came" -eq "$bytes" ] || { echo "its input has ended after $came of $bytes bytes" >&2; exit 74; }
        """;

    private final KubernetesClient client;
    private final String namespace;

    public Exec(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Runs a command and waits for its end.
     *
     * @throws ExecException when the connection ends before the command, or the time is over; how the command ended is
     *     unknown then
     */
    public ExecResult run(String pod, String container, List<String> command, Duration timeout) {
        return run(pod, container, command, new byte[0], timeout);
    }

    /**
     * Runs a command with input. The end of the input cannot be told to the command over this protocol, so it has to know
     * how much it reads: see {@link #limited}.
     */
    public ExecResult run(String pod, String container, List<String> command, byte[] input, Duration timeout) {
        Output output = new Output();
        try (ChannelSocket socket =
                ChannelSocket.open(client, path(pod, container, command, input.length > 0), output, CONNECT)) {
            long start = System.nanoTime();
            Optional<IOException> refused = sent(socket, input, start, timeout);
            // A command that ends before it has read its input has an exit code like any other: it comes, or the end of
            // the connection.
            Duration left = refused.isEmpty() ? left(start, timeout) : CONNECT;
            int code = output.exitCode.get(left.toMillis(), TimeUnit.MILLISECONDS);
            return new ExecResult(command, code, output.text(output.stdout), output.text(output.stderr));
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw unknown(pod, command, String.valueOf(cause.getMessage()), output);
        } catch (TimeoutException e) {
            throw unknown(pod, command, "it has not ended within " + timeout.toSeconds() + " s", output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while a command runs in " + pod);
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static Duration left(long start, Duration timeout) {
        return timeout.minusNanos(System.nanoTime() - start);
    }

    /** Sends the input; returns why not all of it was taken. */
    private static Optional<IOException> sent(ChannelSocket socket, byte[] input, long start, Duration timeout)
            throws TimeoutException {
        try {
            for (int from = 0; from < input.length; from += PART) {
                byte[] part = Arrays.copyOfRange(input, from, Math.min(input.length, from + PART));
                socket.send(0, part, part.length, left(start, timeout));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /**
     * Returns a command that gets exactly {@code bytes} bytes of input and then sees its end. A container cannot tell the end
     * of a connection from that of the input: what comes in several messages has to be there as a whole before the command
     * begins, since half of it may be something that is valid, too.
     */
    public static List<String> limited(int bytes, String shellCommand) {
        return List.of(
                "sh",
                "-c",
                bytes <= PART ? "head -c " + bytes + " | " + shellCommand : WHOLE.formatted(bytes) + shellCommand);
    }

    private static ExecException unknown(String pod, List<String> command, String why, Output output) {
        // Scripts that take long have written an empty line now and then: see Heartbeat.
        String said = output.text(output.stderr)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining());
        return new ExecException(
                "expected an exit code of " + command.get(0) + " in pod " + pod + ", but " + why + said);
    }

    private String path(String pod, String container, List<String> command, boolean stdin) {
        String query = command.stream().map(word -> "command=" + encode(word)).collect(Collectors.joining("&"));
        return "api/v1/namespaces/" + namespace + "/pods/" + pod + "/exec?" + query + "&container=" + encode(container)
                + "&stdin=" + stdin + "&stdout=true&stderr=true&tty=false";
    }

    private static String encode(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Collects what a command writes and how it ends. */
    private static final class Output implements ChannelSocket.Frames {

        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

        @Override
        public void frame(int channel, ByteBuffer data, Runnable more) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            switch (channel) {
                case 1 -> stdout.writeBytes(bytes);
                case 2 -> stderr.writeBytes(bytes);
                case 3 -> status(new String(bytes, StandardCharsets.UTF_8));
                default -> {
                    // No other stream carries anything for a command.
                }
            }
            more.run();
        }

        private void status(String json) {
            Status status = Serialization.unmarshal(json, Status.class);
            if ("Success".equals(status.getStatus())) {
                exitCode.complete(0);
                return;
            }
            List<StatusCause> causes = status.getDetails() == null
                    ? List.of()
                    : status.getDetails().getCauses();
            causes.stream()
                    .filter(cause -> "ExitCode".equals(cause.getReason()))
                    .findFirst()
                    .ifPresentOrElse(
                            cause -> exitCode.complete(Integer.parseInt(cause.getMessage())),
                            () -> exitCode.completeExceptionally(new IOException(status.getMessage())));
        }

        @Override
        public void ended(String why) {
            exitCode.completeExceptionally(new IOException("the connection ended first (" + why + ")"));
        }

        private String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
