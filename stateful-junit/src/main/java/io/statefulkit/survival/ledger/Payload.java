package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Element;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The content of rows. It can be derived again from the run and the element, so that nothing has to be remembered to recognize damage.
 * Sizes are spread evenly over the orders of magnitude, so that rows within a page and rows beyond it both occur.
 *
 * @param seed the seed of the run
 * @param min the fewest characters
 * @param max the most characters
 */
record Payload(long seed, int min, int max) {

    private static final char[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray();
    private static final int PER_NUMBER = 10;

    Payload {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("expected 1 <= min <= max, got " + min + " and " + max);
        }
    }

    String of(Element element) {
        long state = mix(seed ^ mix(((long) element.writer() << 32) | element.seq()));
        double size = min * Math.pow((double) max / min, (mix(state) >>> 11) * 0x1.0p-53);
        char[] text = new char[(int) Math.round(size)];
        for (int i = 0; i < text.length; ) {
            state += 0x9E3779B97F4A7C15L;
            long random = mix(state);
            for (int n = 0; n < PER_NUMBER && i < text.length; n++) {
                text[i++] = LETTERS[(int) (random & 63)];
                random >>>= 6;
            }
        }
        return new String(text);
    }

    String digest(Element element) {
        return digest(of(element));
    }

    static String digest(String content) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** The output function of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
