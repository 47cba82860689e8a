package io.statefulkit.embedded.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Compresses what a client reads, when it is large and the client can take it, as a real server does. */
final class Compression {

    private static final int LARGE = 128 * 1024;
    private static final String GZIP = "gzip";

    private Compression() {}

    /** Returns the answer as it goes to a client with this {@code Accept-Encoding}. Blocks; runs on worker threads. */
    static Answer of(Call call, Answer answer, ListedBefore before) {
        boolean worth = call.method().equals("GET")
                && answer.code() == 200
                && answer.body().length() >= LARGE;
        return worth && takesGzip(call.acceptEncoding())
                ? answer.encoded(GZIP, before.compressed(answer.body(), plain -> Buffer.buffer(gzip(plain.getBytes()))))
                : answer;
    }

    private static boolean takesGzip(String accepted) {
        for (String clause : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = clause.trim().split("\\s*;\\s*", -1);
            if (parts[0].equals(GZIP)) {
                return parts.length == 1 || !parts[1].matches("q\\s*=\\s*0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 8);
        try (GZIPOutputStream out = new Fast(compressed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** At the lowest level: the network is this machine. */
    private static final class Fast extends GZIPOutputStream {

        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 32 * 1024);
            def.setLevel(1);
        }
    }
}
