package io.statefulkit.embedded.api.select;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.select.FieldSelector.Term;
import java.util.ArrayList;
import java.util.List;

/** Parses field selectors: {@code a=b,c!=d}; a backslash takes the meaning from a comma, an equals sign or a backslash. */
final class FieldSelectorParser {

    private static final String BAD_ESCAPE = "invalid field selector: invalid escape sequence: ";

    private FieldSelectorParser() {}

    static List<Term> parse(String text) {
        List<Term> terms = new ArrayList<>();
        // The first in the order of texts is the one that is complained about.
        for (String part : parts(text).stream().sorted().toList()) {
            if (!part.isEmpty()) {
                terms.add(term(text, part));
            }
        }
        return terms;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' && !escaped) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
            escaped = c == '\\' && !escaped;
        }
        parts.add(part.toString());
        return parts;
    }

    private static Term term(String text, String part) {
        for (int at = 0; at < part.length(); at++) {
            for (String operator : List.of("!=", "==", "=")) {
                if (part.startsWith(operator, at)) {
                    String value = unescaped(part.substring(at + operator.length()));
                    return new Term(part.substring(0, at), value, !operator.equals("!="));
                }
            }
        }
        throw Failures.badRequest("invalid selector: '" + text + "'; can't understand '" + part + "'");
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (escaped && "\\,=".indexOf(c) < 0) {
                throw Failures.badRequest(BAD_ESCAPE + "\\" + c);
            }
            if (!escaped && (c == ',' || c == '=')) {
                throw unescapedSign(c);
            }
            if (escaped || c != '\\') {
                plain.append(c);
            }
            escaped = c == '\\' && !escaped;
        }
        if (escaped) {
            throw Failures.badRequest(BAD_ESCAPE + "\\");
        }
        return plain.toString();
    }

    /** The sign is told by its number. */
    private static Failure unescapedSign(char sign) {
        return Failures.badRequest("invalid field selector: unescaped character in value: " + (int) sign);
    }
}
