package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference to a container image.
 *
 * @param reference as in a pod: {@code [registry/]name[:tag][@digest]}
 */
public record Image(String reference) {

    private static final String NAME = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile("((?:[A-Za-z0-9.-]+(?::[0-9]{1,5})?/)?" + NAME + "(?:/" + NAME
            + ")*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?");
    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]{1,4})(?:\\.([0-9]{1,4}))?.*");
    private static final Pattern EXTENSION = Pattern.compile("(?:.*-)?pg([0-9]{1,2})(?:[-.].*)?");

    public Image {
        Checks.matches(FORM, reference, "image", "[registry/]name[:tag][@sha256:digest] in lower case");
    }

    /**
     * Return the image of this reference.
     *
     * @throws IllegalArgumentException if it is no image reference
     */
    public static Image of(String reference) {
        return new Image(reference);
    }

    /** Return the last part of the name, without registry, tag and digest: {@code postgres}. */
    public String shortName() {
        String repository = group(1).orElseThrow();
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /** Return the tag, if there is one. */
    public Optional<String> tag() {
        return group(2);
    }

    /** Return the digest, {@code sha256:…}, if there is one. */
    public Optional<String> digest() {
        return group(3);
    }

    /**
     * Return the first number of the tag: 17 for {@code 17.6-bookworm}. Extensions of PostgreSQL have a version of their own
     * and name the server's after it: 17 for {@code 0.8.0-pg17}.
     */
    public OptionalInt major() {
        return number(1);
    }

    /** Return the number after {@link #major}: 6 for {@code 17.6-bookworm}, none for {@code 0.8.0-pg17}. */
    public OptionalInt minor() {
        return number(2);
    }

    /** Return true if the tag says that the image is made from Alpine Linux. */
    public boolean alpine() {
        return tag().filter(tag -> tag.contains("alpine")).isPresent();
    }

    private OptionalInt number(int group) {
        String tag = tag().orElse("");
        Matcher extension = EXTENSION.matcher(tag);
        Matcher matcher = NUMBERS.matcher(extension.matches() ? extension.group(1) : tag);
        return matcher.matches() && matcher.group(group) != null
                ? OptionalInt.of(Integer.parseInt(matcher.group(group)))
                : OptionalInt.empty();
    }

    private Optional<String> group(int group) {
        Matcher matcher = FORM.matcher(reference);
        return matcher.matches() ? Optional.ofNullable(matcher.group(group)) : Optional.empty();
    }

    @Override
    public String toString() {
        return reference;
    }
}
