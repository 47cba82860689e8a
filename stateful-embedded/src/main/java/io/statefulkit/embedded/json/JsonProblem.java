package io.statefulkit.embedded.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a text that should be JSON in the words of Kubernetes' own decoder. */
public final class JsonProblem {

    private static final Pattern UNEXPECTED =
            Pattern.compile("Unexpected character \\('(.)' \\(code \\d+[^)]*\\)\\): (.*)", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("Unrecognized token '([^']+)'.*", Pattern.DOTALL);
    private static final Map<String, String> PLACES = Map.of(
            "double-quote to start field name", "looking for beginning of object key string",
            "colon to separate field name", "after object key",
            "comma to separate Object entries", "after object key:value pair",
            "comma to separate Array entries", "after array element",
            "expected a valid value", "looking for beginning of value");
    private static final List<String> LITERALS = List.of("true", "false", "null");

    private JsonProblem() {}

    public static String of(JsonProcessingException problem) {
        String message = problem.getOriginalMessage() == null ? "" : problem.getOriginalMessage();
        if (message.startsWith("Unexpected end-of-input") || message.startsWith("No content")) {
            return "unexpected end of JSON input";
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            return PLACES.entrySet().stream()
                    .filter(place -> unexpected.group(2).contains(place.getKey()))
                    .map(place -> invalid(unexpected.group(1).charAt(0), place.getValue()))
                    .findFirst()
                    .orElse(message);
        }
        Matcher token = TOKEN.matcher(message);
        return token.matches()
                ? token(token.group(1))
                : message.lines().findFirst().orElse("");
    }

    private static String token(String token) {
        for (String literal : LITERALS) {
            if (token.charAt(0) == literal.charAt(0)) {
                for (int i = 1; i < Math.min(token.length(), literal.length()); i++) {
                    if (token.charAt(i) != literal.charAt(i)) {
                        return invalid(
                                token.charAt(i), "in literal " + literal + " (expecting '" + literal.charAt(i) + "')");
                    }
                }
            }
        }
        return invalid(token.charAt(0), "looking for beginning of value");
    }

    private static String invalid(char found, String where) {
        return "invalid character " + (found == '\'' ? "'\\''" : "'" + found + "'") + " " + where;
    }
}
