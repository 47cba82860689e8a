package io.statefulkit.embedded.node.volume;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a pod's {@code localhost} into the pod's own address: all pods share the machine's network, and each has a loopback
 * address of its own.
 */
public final class Loopback {

    private static final Pattern LOCAL =
            // The second way to begin is an option with its value attached, such as -h127.0.0.1.
            Pattern.compile(
                    "(?:(?<![A-Za-z0-9._-])|(?<=(?<![^\\s\"'])-[A-Za-z]))(?:127\\.0\\.0\\.1|localhost)(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])");

    private final String address;

    /** Takes the address of the pod. */
    public Loopback(String address) {
        this.address = address;
    }

    /** Rewrites whole words only. */
    public String rewrite(String text) {
        return text.contains("localhost") || text.contains("127.0.0.1")
                ? LOCAL.matcher(text).replaceAll(Matcher.quoteReplacement(address))
                : text;
    }
}
