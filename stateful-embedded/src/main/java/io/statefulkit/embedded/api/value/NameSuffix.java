package io.statefulkit.embedded.api.value;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the random ends of generated names. */
public final class NameSuffix {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;
    private static final int MAX_BASE = 58;

    private NameSuffix() {}

    /** Returns the base, cut to 58 characters, with five random characters. */
    public static String generate(String base) {
        Random random = ThreadLocalRandom.current();
        StringBuilder name = new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
        for (int i = 0; i < LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
