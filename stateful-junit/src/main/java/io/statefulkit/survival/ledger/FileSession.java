package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The files of a container, by commands in it. It has no connection: each command has its own. */
final class FileSession implements Session {

    /** The exit code of a write that failed before the file had its name: then it is proved that there is none. */
    private static final int NOT_NAMED = 10;

    /** The name ends in what this command is called in its container: a second file of the same row shows. */
    private static final String WRITE = """
        t=$1/.$2.$$
        printf %s "$3" | dd of="$t" conv=fsync 2>/dev/null && [ "$(wc -c <"$t")" -eq ${#3} ] || { rm -f "$t"; exit 10; }
        mv "$t" "$1/$2.$4.$$"
        """;

    /** Deleting in two steps could not be told from a loss, so all files of a row go by one command. */
    private static final String DELETE = "cd \"$1\" || exit 10; set -- \"$2\".*; [ -e \"$1\" ] || exit 10; rm \"$@\"";

    private static final String READ =
            "cd \"$1\" 2>/dev/null || exit 3; find . -type f -name 'w*' -exec md5sum {} + || exit 4";

    private static final int NO_DIRECTORY = 3;

    private final Commands commands;
    private final String directory;
    private final String run;
    private final String container;
    private final AtomicReference<CompletableFuture<Commands.Ended>> running =
            new AtomicReference<>(new CompletableFuture<>());

    FileSession(Commands commands, String directory, String run, String container) {
        this.commands = commands;
        this.directory = directory;
        this.run = run;
        this.container = container;
    }

    @Override
    public String server() {
        return container;
    }

    @Override
    public Reply write(Element element, String payload) {
        String mark = Payload.digest(container).substring(0, 8);
        return change(List.of("sh", "-c", WRITE, "statefulkit", directory, element.toString(), payload, mark));
    }

    @Override
    public Reply delete(Element element) {
        return change(List.of("sh", "-c", DELETE, "statefulkit", directory, element.toString()));
    }

    /** A command may have run in the container that came after ours: then it is not said which one answered. */
    private Reply change(List<String> command) {
        try {
            Commands.Ended ended = run(command);
            if (ended.exitCode() == NOT_NAMED) {
                return Reply.refused(failure(ended));
            }
            if (ended.exitCode() != 0) {
                return Reply.unknown(failure(ended));
            }
            String now = commands.container();
            return now.equals(container)
                    ? Reply.acknowledged()
                    : Reply.unknown(new IOException("container " + container + " was replaced by " + now));
        } catch (RuntimeException e) {
            return Reply.unknown(e);
        }
    }

    @Override
    public List<Row> read() {
        Commands.Ended ended;
        try {
            ended = run(List.of("sh", "-c", READ, "statefulkit", directory));
        } catch (RuntimeException e) {
            throw new StoreException("cannot read the files of " + directory, e);
        }
        if (ended.exitCode() == NO_DIRECTORY) {
            // That is an answer: with the directory, all its files are gone.
            return List.of();
        }
        if (ended.exitCode() != 0) {
            throw new StoreException("cannot read the files of " + directory, failure(ended));
        }
        return ended.stdout().lines().map(this::row).toList();
    }

    /** A line of md5sum: the digest, two spaces, and {@code ./w0#17.mark.pid}. */
    private Row row(String line) {
        String[] parts = line.split("\\s+", 2);
        String file = parts[1].substring(parts[1].lastIndexOf('/') + 1);
        return new Row(run, Element.parse(file.substring(0, file.indexOf('.'))), parts[0]);
    }

    static IOException failure(Commands.Ended ended) {
        return new IOException(
                "exit code " + ended.exitCode() + ": " + ended.stderr().strip());
    }

    /** Each command has a thread of its own, since a call that hangs cannot be ended from outside. */
    private Commands.Ended run(List<String> command) {
        CompletableFuture<Commands.Ended> result = new CompletableFuture<>();
        running.set(result);
        Watchdog.daemon("command")
                .newThread(() -> {
                    try {
                        result.complete(commands.run(command));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result.join();
    }

    @Override
    public void abort() {
        Objects.requireNonNull(running.get()).completeExceptionally(new IOException("no answer in time"));
    }

    /** There is no connection to close. */
    @Override
    public void close() {}
}
