package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.api.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes what must stay hidden out of texts, in each form in which programs write it: as it is, in base64 (also within something longer, as a
 * user and a password together), in a URL, and in quotes of JSON, YAML and shells.
 *
 * @param forms what is taken out, the longest first
 */
record Redaction(List<String> forms) {

    /** What stands in its place. */
    static final String REDACTED = "(redacted)";

    /** A name of what holds a secret. */
    private static final Pattern SENSITIVE =
            Pattern.compile("(?i).*(password|passwd|passphrase|secret|token|credential|[_.-]key|^key|key$).*");

    /** A key of a Secret whose value is a word of its own elsewhere: without it, nobody could read what is left. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i).*(user(name)?|login|role|database|db(name)?|host(name)?|port|name|namespace|type|version)$|.*\\.crt$");

    private static final int SHORTEST = 6;
    private static final int SHORTEST_LINE = 12;

    /** Whether what has this name should be hidden. */
    static boolean isSensitive(String name) {
        return SENSITIVE.matcher(name).matches();
    }

    /** Of what these Secrets hold, and of these values besides. */
    static Redaction of(Collection<Secret> secrets, Collection<String> values) {
        Set<String> forms =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(form -> form));
        Stream.concat(
                        secrets.stream()
                                .map(secret -> secret.getData() == null ? Map.<String, String>of() : secret.getData())
                                .flatMap(data -> data.entrySet().stream())
                                .filter(entry -> isSensitive(entry.getKey())
                                        || !HARMLESS.matcher(entry.getKey()).matches())
                                .map(entry -> new String(
                                        Base64.getMimeDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)),
                        values.stream())
                .flatMap(Redaction::parts)
                .flatMap(Redaction::forms)
                .filter(form -> form.length() >= SHORTEST)
                .forEach(forms::add);
        return new Redaction(List.copyOf(forms));
    }

    /** A text without it. */
    String clean(String text) {
        String clean = text;
        for (String form : forms) {
            clean = clean.replace(form, REDACTED);
        }
        return clean;
    }

    /** A log prints one line at a time. */
    private static Stream<String> parts(String value) {
        String text = value.strip();
        return text.contains("\n")
                ? Stream.concat(
                        Stream.of(value),
                        text.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE))
                : Stream.of(text);
    }

    private static Stream<String> forms(String value) {
        if (value.strip().length() < SHORTEST) {
            return Stream.of();
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return Stream.concat(
                Stream.of(
                        value,
                        URLEncoder.encode(value, StandardCharsets.UTF_8),
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                        value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"),
                        value.replace("'", "''"),
                        value.replace("'", "'\\''"),
                        base64,
                        base64.replace('+', '-').replace('/', '_')),
                Stream.of(0, 1, 2)
                        .map(shift -> within(bytes, shift))
                        .flatMap(form -> Stream.of(form, form.replace('+', '-').replace('/', '_'))));
    }

    /** The base64 of what comes after so many other bytes, but for the characters in which others have a part. */
    private static String within(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        Arrays.fill(shifted, 0, shift, (byte) 'x');
        String base64 = Base64.getEncoder().encodeToString(shifted);
        return base64.substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }
}
