package io.statefulkit.survival.ledger;

import java.util.List;

/** Runs commands in the container whose files a ledger writes. Thread-safe. */
public interface Commands {

    /**
     * Runs a command and waits for its end.
     *
     * @throws RuntimeException when it is not known how it ended
     */
    Ended run(List<String> command);

    /**
     * What tells this container from the one that takes its place after a restart, such as its id.
     *
     * @throws RuntimeException when it cannot be asked
     */
    String container();

    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param stdout what it wrote
     * @param stderr its errors
     */
    record Ended(int exitCode, String stdout, String stderr) {}
}
