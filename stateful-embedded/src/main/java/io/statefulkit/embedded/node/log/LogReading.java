package io.statefulkit.embedded.node.log;

import io.statefulkit.embedded.api.ContainerStreams.LogRequest;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a log for one request, piece by piece. Used by one thread at a time. */
final class LogReading implements Reading {

    private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
            .withZone(java.time.ZoneOffset.UTC);

    private final ContainerLog log;
    private final LogRequest request;
    private final Output output;
    private final Instant since;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lineStart;
    private long offset;
    private long left;
    private boolean first = true;

    LogReading(ContainerLog log, LogRequest request, Output output, Instant now) {
        this.log = log;
        this.request = request;
        this.output = output;
        this.left = request.limitBytes().orElse(Long.MAX_VALUE);
        this.since = request.sinceTime()
                .map(Instant::parse)
                .orElse(
                        request.sinceSeconds().isPresent()
                                ? now.minusSeconds(request.sinceSeconds().getAsLong())
                                : Instant.MIN);
    }

    @Override
    public boolean advance() throws IOException {
        boolean ended = log.closed();
        List<byte[]> lines = new ArrayList<>();
        for (byte[] bytes = log.read(offset); bytes.length > 0; bytes = log.read(offset)) {
            split(bytes, lines);
        }
        if (ended && line.size() > 0) {
            finishLine(lines);
        }
        send(lines);
        return !ended && left > 0;
    }

    @Override
    public void flush() {
        List<byte[]> lines = new ArrayList<>();
        if (line.size() > 0) {
            finishLine(lines);
        }
        send(lines);
    }

    private void split(byte[] bytes, List<byte[]> lines) {
        for (byte b : bytes) {
            line.write(b);
            offset++;
            if (b == '\n') {
                finishLine(lines);
            }
        }
    }

    private void finishLine(List<byte[]> lines) {
        Instant time = log.timeOf(lineStart);
        if (!time.isBefore(since)) {
            byte[] prefix =
                    request.timestamps() ? (NANOS.format(time) + " ").getBytes(StandardCharsets.UTF_8) : new byte[0];
            byte[] text = line.toByteArray();
            byte[] whole = new byte[prefix.length + text.length];
            System.arraycopy(prefix, 0, whole, 0, prefix.length);
            System.arraycopy(text, 0, whole, prefix.length, text.length);
            lines.add(whole);
        }
        line.reset();
        lineStart = offset;
    }

    private void send(List<byte[]> lines) {
        int skip = first && request.tailLines().isPresent()
                ? Math.max(0, lines.size() - request.tailLines().getAsInt())
                : 0;
        first = false;
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (byte[] bytes : lines.subList(skip, lines.size())) {
            int length = (int) Math.min(left, bytes.length);
            batch.write(bytes, 0, length);
            left -= length;
        }
        if (batch.size() > 0) {
            output.stdout(batch.toByteArray());
        }
    }
}
