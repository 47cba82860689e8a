package io.statefulkit.embedded.image;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image reference in its parts.
 *
 * @param text the reference as written
 * @param repository the name without registry, {@code library/}, tag and digest
 * @param tag the tag, {@code latest} if there is none
 */
public record ImageName(String text, String repository, String tag) {

    private static final Pattern MAJOR = Pattern.compile("^v?(\\d+)(?:[.\\-_].*)?$");

    /** Takes a reference apart, such as {@code docker.io/library/postgres:15-bookworm}. */
    public static ImageName parse(String text) {
        String rest = text.contains("@") ? text.substring(0, text.indexOf('@')) : text;
        int slash = rest.lastIndexOf('/');
        int colon = rest.indexOf(':', slash + 1);
        String tag = colon < 0 ? "latest" : rest.substring(colon + 1);
        String path = colon < 0 ? rest : rest.substring(0, colon);
        return new ImageName(text, withoutRegistry(path), tag);
    }

    private static String withoutRegistry(String path) {
        String name = path;
        int first = name.indexOf('/');
        if (first > 0) {
            String host = name.substring(0, first);
            if (host.contains(".") || host.contains(":") || host.equals("localhost")) {
                name = name.substring(first + 1);
            }
        }
        return name.startsWith("library/") ? name.substring("library/".length()) : name;
    }

    /** Returns the major version that the tag names, if it names one. */
    public OptionalInt major() {
        Matcher matcher = MAJOR.matcher(tag);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** Returns the last part of the repository. */
    public String simpleName() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }
}
