package io.statefulkit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text as the {@code data} of a Secret holds it. */
public final class Base64Text {

    private Base64Text() {}

    /** Return the UTF-8 bytes of {@code text} in Base64. */
    public static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Return the text of a value that {@link #encode} made. */
    public static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
