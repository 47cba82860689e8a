package io.statefulkit.embedded.node.process;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the streams of a command go.
 *
 * @param input whether the caller writes to the command's input
 * @param output the file for both output streams; empty means pipes to the caller
 */
public record Redirects(boolean input, Optional<Path> output) {

    /** All three streams are pipes. */
    public static final Redirects PIPES = new Redirects(true, Optional.empty());

    /** No input, and both outputs in one file. */
    public static Redirects to(Path file) {
        return new Redirects(false, Optional.of(file));
    }

    void apply(ProcessBuilder builder) {
        if (!input) {
            builder.redirectInput(new File("/dev/null"));
        }
        output.ifPresent(file -> builder.redirectErrorStream(true).redirectOutput(file.toFile()));
    }
}
