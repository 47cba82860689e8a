package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the exit code of a container behind the programs that started it. */
final class ExitCode {

    private static final int KILLED = 128 + 9;

    private final Path complaints;

    ExitCode(Path complaints) {
        this.complaints = complaints;
    }

    /**
     * Returns the exit code. When its child was killed, unshare wants to die of the same signal; before util-linux 2.39 it
     * fails to do so for SIGKILL, says so, and returns 1.
     */
    int of(Process ended) {
        int code = ended.exitValue();
        return code == 1 && complained("sigprocmask") ? KILLED : code;
    }

    private boolean complained(String word) {
        try {
            return Files.readString(complaints).contains(word);
        } catch (IOException e) {
            return false;
        }
    }
}
