package io.statefulkit.embedded.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Passes on what a stream brings until it ends. */
final class Pump {

    private static final int SIZE = 32 * 1024;

    private Pump() {}

    static void run(InputStream in, Consumer<byte[]> target) {
        byte[] buffer = new byte[SIZE];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (n > 0) {
                    byte[] piece = new byte[n];
                    System.arraycopy(buffer, 0, piece, 0, n);
                    target.accept(piece);
                }
            }
        } catch (IOException e) {
            // The process was killed; what it said before has been passed on.
            return;
        }
    }
}
