package io.statefulkit.spec.storage;

import io.statefulkit.internal.Checks;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of storage or memory as Kubernetes writes it, for example {@code 10Gi}.
 *
 * @param text a positive number and one of the suffixes Ki, Mi, Gi, Ti, Pi, k, M, G, T, P or none (bytes)
 */
public record Size(String text) implements Comparable<Size> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,3})?)([KMGTP]i|[kMGTP])?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");
    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P");

    public Size {
        Checks.matches(FORM, text, "size", "a number with a suffix like Mi or Gi");
        if (bytesOf(text) < 1) {
            throw new IllegalArgumentException("size must be at least one byte but was '%s'".formatted(text));
        }
    }

    /**
     * Return the size that {@code text} says.
     *
     * @throws IllegalArgumentException if it is no size
     */
    public static Size of(String text) {
        return new Size(text);
    }

    /** Return the number of bytes, rounded down. */
    public long bytes() {
        return bytesOf(text);
    }

    /** Return the number of whole mebibytes. */
    public long mebibytes() {
        return bytes() / (1024 * 1024);
    }

    private static long bytesOf(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        BigDecimal unit = BINARY.contains(suffix)
                ? BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix))
                : BigDecimal.valueOf(1000).pow(DECIMAL.indexOf(suffix));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("size must be below 8 EiB but was '%s'".formatted(text));
        }
        return bytes.longValue();
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes(), other.bytes());
    }

    @Override
    public String toString() {
        return text;
    }
}
