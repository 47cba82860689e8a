package io.statefulkit.handle.connection;

import java.util.List;

/**
 * What a command in a container did.
 *
 * @param command the argv
 * @param exitCode its exit code
 * @param stdout what it wrote to standard output
 * @param stderr what it wrote to standard error
 */
public record ExecResult(List<String> command, int exitCode, String stdout, String stderr) {

    /** Copies the argv. */
    public ExecResult {
        command = List.copyOf(command);
    }

    /** Tells whether the exit code is 0. */
    public boolean ok() {
        return exitCode == 0;
    }

    /**
     * Returns this when the exit code is 0.
     *
     * @throws ExecException when it is not
     */
    public ExecResult orThrow() {
        if (!ok()) {
            throw new ExecException(this);
        }
        return this;
    }
}
