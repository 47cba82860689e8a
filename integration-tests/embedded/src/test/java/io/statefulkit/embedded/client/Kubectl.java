package io.statefulkit.embedded.client;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real kubectl, where it is installed. Every call ends within two minutes.
 *
 * @param kubeconfig the cluster
 * @param namespace the namespace
 * @param environment what is added to the environment
 */
record Kubectl(Path kubeconfig, String namespace, Map<String, String> environment) {

    private static final long SECONDS = 120;

    /** What a call printed, and how it ended. */
    record Result(int code, String out, String err) {}

    Kubectl(Path kubeconfig, String namespace) {
        this(kubeconfig, namespace, Map.of());
    }

    /** Returns one with a variable in its environment. */
    Kubectl with(String name, String value) {
        return new Kubectl(kubeconfig, namespace, Map.of(name, value));
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }

    /** Runs a command that must succeed; returns what it printed. */
    String run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs a command that must succeed with this input. */
    String runWith(String input, String... arguments) {
        Result result = call(input, arguments);
        if (result.code() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + " ended with " + result.code() + ": "
                    + result.err() + result.out());
        }
        return result.out();
    }

    /** Starts a command that runs on; its output goes to this file. */
    Process start(Path output, String... arguments) throws IOException {
        return start(output, command(arguments));
    }

    /** Starts a command in a terminal of its own, through {@code script}. */
    Process inTerminal(Path output, String... arguments) throws IOException {
        String quoted = command(arguments).stream()
                .map(argument -> "'" + argument + "'")
                .collect(Collectors.joining(" "));
        return start(output, List.of("script", "-qec", quoted, "/dev/null"));
    }

    private Process start(Path output, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectErrorStream(true);
        prepare(builder);
        return builder.start();
    }

    private void prepare(ProcessBuilder builder) {
        // Its cache of discovery must not be that of another cluster.
        builder.environment().put("HOME", kubeconfig.resolveSibling("kubectl").toString());
        builder.environment().putAll(environment);
    }

    private List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString(), "-n", namespace));
        if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("--request-timeout"))) {
            command.add("--request-timeout=100s");
        }
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs a command; returns what came of it. */
    Result call(String input, String... arguments) {
        List<String> command = command(arguments);
        try {
            Path in = Files.writeString(Files.createTempFile("kubectl", ".in"), input);
            Path out = Files.createTempFile("kubectl", ".out");
            Path err = Files.createTempFile("kubectl", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                prepare(builder);
                int code = exit(builder.start());
                return new Result(code, read(out), read(err));
            } finally {
                for (Path file : List.of(in, out, err)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exit(Process process) {
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
