package io.statefulkit.survival;

import java.util.regex.Pattern;

/** Text from a cluster, made fit for a report that is passed on. */
final class LogText {

    /** As in {@code password=secret}, {@code "password": "secret"} and {@code PASSWORD 'secret'}. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token|requirepass|masterauth)[\"']?)"
                    + "(\\s*[=:]\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s&,;\"']+)|\\s+(?:\"[^\"]*\"|'[^']*'))");

    /** As in a configuration of Redis, which needs no quotes. */
    private static final Pattern REDIS_SETTING = Pattern.compile("(?i)((?:requirepass|masterauth)\\s+)[^\\s\"']+");

    /** With a user or, as for Redis, without one. */
    private static final Pattern LOGIN_IN_URL = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+@");

    private static final int LONGEST = 64 * 1024;

    private LogText() {}

    /** The same without what looks like a password. */
    static String redacted(String text) {
        String withoutLogins = LOGIN_IN_URL.matcher(text).replaceAll("$1***@");
        String withoutSecrets = SECRET.matcher(withoutLogins).replaceAll("$1 ***");
        return REDIS_SETTING.matcher(withoutSecrets).replaceAll("$1***");
    }

    /** Its beginning and its end, 64 KiB together at most. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int half = LONGEST / 2;
        return text.substring(0, half) + "\n\u2026 " + (text.length() - LONGEST) + " characters left out \u2026\n"
                + text.substring(text.length() - half);
    }
}
