package io.statefulkit.embedded.node.log;

import io.statefulkit.embedded.api.ContainerStreams.Output;
import java.io.IOException;

/** Passes on whatever is written from now on, as it comes: the prompt of a shell has no end of line. */
final class RawReading implements Reading {

    private final ContainerLog log;
    private final Output output;
    private long offset;

    RawReading(ContainerLog log, Output output) {
        this.log = log;
        this.output = output;
        this.offset = log.file().toFile().length();
    }

    @Override
    public boolean advance() throws IOException {
        boolean ended = log.closed();
        for (byte[] bytes = log.read(offset); bytes.length > 0; bytes = log.read(offset)) {
            offset += bytes.length;
            output.stdout(bytes);
        }
        return !ended;
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }
}
