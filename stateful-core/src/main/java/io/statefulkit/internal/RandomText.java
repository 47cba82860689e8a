package io.statefulkit.internal;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Makes up passwords. */
public final class RandomText {

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int PASSWORD = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** Returns 32 random letters and digits, none of which has to be quoted anywhere. */
    public static String password() {
        return RANDOM.ints(PASSWORD, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
