package io.statefulkit.embedded.http;

import java.util.Locale;
import java.util.Optional;

/** The form in which the client wants to see objects. */
enum Form {
    /** The object itself. */
    WHOLE,
    /** Rows for {@code kubectl get}. */
    TABLE,
    /** Metadata only. */
    METADATA;

    /**
     * Returns the form that the first acceptable clause of an {@code Accept} header names; 406 when there is none.
     *
     * <p>Protobuf is passed over: all clients that ask for it take JSON too.
     */
    static Form of(String accept) {
        if (accept.isBlank()) {
            return WHOLE;
        }
        for (String clause : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = clause.split(";", -1);
            String media = parts[0].trim();
            if (media.equals("application/json") || media.equals("*/*") || media.equals("application/*")) {
                Optional<Form> form = named(parameter(parts, "as"));
                if (form.isPresent()) {
                    return form.get();
                }
            }
        }
        throw Refusal.of(
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf");
    }

    private static Optional<Form> named(String as) {
        return switch (as) {
            case "" -> Optional.of(WHOLE);
            case "table" -> Optional.of(TABLE);
            case "partialobjectmetadata", "partialobjectmetadatalist" -> Optional.of(METADATA);
            default -> Optional.empty();
        };
    }

    private static String parameter(String[] parts, String name) {
        for (String part : parts) {
            String trimmed = part.trim();
            if (trimmed.startsWith(name + "=")) {
                return trimmed.substring(name.length() + 1);
            }
        }
        return "";
    }
}
