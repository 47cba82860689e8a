package io.statefulkit.embedded.node;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the name of an image is one at all. */
final class ImageReference {

    private static final Pattern REFERENCE = Pattern.compile(
            "((?<host>[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*(:\\d+)?)/)?"
                    + "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*"
                    + "(:\\w[\\w.-]{0,127})?(@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");

    private ImageReference() {}

    /** Returns what is wrong with a name, in the words of a kubelet. */
    static Optional<String> problem(String image) {
        String name = withoutHost(image);
        int tag = name.indexOf(':');
        String repository = tag < 0 ? name : name.substring(0, tag);
        String why = "";
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            why = ": repository name (" + repository + ") must be lowercase";
        } else if (REFERENCE.matcher(image).matches()) {
            return Optional.empty();
        }
        return Optional.of("Failed to apply default image tag \"" + image + "\": couldn't parse image name \"" + image
                + "\": invalid reference format" + why);
    }

    private static String withoutHost(String image) {
        int slash = image.indexOf('/');
        if (slash < 0) {
            return "library/" + image;
        }
        String first = image.substring(0, slash);
        boolean host = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return host ? image.substring(slash + 1) : image;
    }
}
