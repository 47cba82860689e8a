package io.statefulkit.internal;

import java.time.Duration;
import java.util.regex.Pattern;

/** Argument checks whose messages name the argument, the rule and the value. */
public final class Checks {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LABEL_VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private Checks() {}

    /** Return {@code text}, or fail if it is blank. */
    public static String notBlank(String text, String name) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("%s must not be blank".formatted(name));
        }
        return text;
    }

    /** Return {@code value}, or fail if it is below {@code min}. */
    public static int atLeast(int min, int value, String name) {
        if (value < min) {
            throw new IllegalArgumentException("%s must be >= %d but was %d".formatted(name, min, value));
        }
        return value;
    }

    /** Return {@code value}, or fail if it is outside {@code min..max}. */
    public static int between(int min, int max, int value, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %d..%d but was %d".formatted(name, min, max, value));
        }
        return value;
    }

    /**
     * Return {@code text}, or fail if it is no DNS-1035 label of at most {@code max} characters: what Kubernetes asks
     * of the name of a Service.
     */
    public static String dnsLabel(String text, int max, String name) {
        if (text.length() > max || !DNS_LABEL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s must be 1..%d lower case letters, digits or '-', starting with a letter and ending with a letter or digit, but was '%s' (%d characters)"
                            .formatted(name, max, text, text.length()));
        }
        return text;
    }

    /**
     * Return {@code text}, or fail if it is no DNS-1123 label, which may start with a digit: the name of a namespace or of a
     * volume.
     */
    public static String label(String text, String name) {
        return matches(
                LABEL,
                text,
                name,
                "1..63 lower case letters, digits or '-', starting and ending with a letter or digit,");
    }

    /** Return {@code text}, or fail if it is no DNS-1123 subdomain: the name of most objects. */
    public static String subdomain(String text, String name) {
        if (text.length() > 253 || !SUBDOMAIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s must be at most 253 lower case letters, digits, '-' or '.', starting and ending with a letter or digit, but was '%s'"
                            .formatted(name, text));
        }
        return text;
    }

    /** Return {@code text}, or fail if it does not match {@code pattern}; {@code rule} says it in words. */
    public static String matches(Pattern pattern, String text, String name, String rule) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("%s must be %s but was '%s'".formatted(name, rule, text));
        }
        return text;
    }

    /** Return {@code path}, or fail if it is no absolute, normal path. */
    public static String absolutePath(String path, String name) {
        if (!path.startsWith("/") || path.contains("//") || path.contains(":") || path.contains("/..")) {
            throw new IllegalArgumentException(
                    "%s must be an absolute path without '..', '//' and ':' but was '%s'".formatted(name, path));
        }
        return path;
    }

    /** Return {@code duration}, or fail if it is shorter than {@code min} or no whole number of seconds. */
    public static Duration wholeSeconds(Duration min, Duration duration, String name) {
        if (duration.compareTo(min) < 0 || duration.getNano() != 0 || duration.getSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s must be whole seconds and at least %s but was %s".formatted(name, min, duration));
        }
        return duration;
    }

    /** Return {@code key}, or fail if it cannot be a key of a Secret or ConfigMap. */
    public static String dataKey(String key, String name) {
        if (key.equals(".") || key.startsWith("..")) {
            throw new IllegalArgumentException("%s must not be or start with dots but was '%s'".formatted(name, key));
        }
        return matches(DATA_KEY, key, name, "1..253 letters, digits, '-', '_' or '.'");
    }

    /** Return {@code variable}, or fail if it cannot be the name of a variable. */
    public static String variable(String variable, String name) {
        return matches(VARIABLE, variable, name, "letters, digits or '_', not starting with a digit,");
    }

    /** Return {@code key}, or fail if it cannot be the key of a label or annotation. */
    public static String metaKey(String key, String name) {
        int slash = key.indexOf('/');
        if (slash >= 0) {
            subdomain(key.substring(0, slash), name + " prefix");
        }
        return slash >= 0 ? metaName(key.substring(slash + 1), key, name) : metaName(key, key, name);
    }

    private static String metaName(String part, String key, String name) {
        matches(LABEL_NAME, part, name, "1..63 letters, digits, '-', '_' or '.' with an optional 'domain/' before it");
        return key;
    }

    /** Return {@code value}, or fail if it cannot be the value of a label. */
    public static String labelValue(String value, String name) {
        return matches(LABEL_VALUE, value, name, "at most 63 letters, digits, '-', '_' or '.'");
    }
}
