package io.statefulkit.handle.connection;

import java.util.Optional;
import java.util.stream.Collectors;

/** Says that a command in a container failed, or that it is not known how it ended. */
public final class ExecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<ExecResult> result;

    public ExecException(ExecResult result) {
        super("expected exit code 0 but was " + result.exitCode() + " of " + brief(result) + last(result));
        this.result = Optional.of(result);
    }

    ExecException(String message) {
        super(message);
        this.result = Optional.empty();
    }

    private static String brief(ExecResult result) {
        String line = String.join(" ", result.command());
        return line.length() > 120 ? line.substring(0, 120) + "..." : line;
    }

    private static String last(ExecResult result) {
        String text = result.stderr().isBlank() ? result.stdout() : result.stderr();
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining());
    }

    /** Returns what the command did; empty when the connection ended before the command did. */
    public Optional<ExecResult> result() {
        return result;
    }
}
