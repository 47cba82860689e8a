package io.statefulkit.embedded.api.select;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.select.LabelSelector.Operator;
import io.statefulkit.embedded.api.select.LabelSelector.Requirement;
import io.statefulkit.embedded.api.value.NameRules;
import java.util.ArrayList;
import java.util.List;

/** Parses label selectors: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}. */
final class LabelSelectorParser {

    private static final String SPECIAL = "=!(),<>";

    private final String text;
    private int position;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        requirements.add(requirement());
        while (!peek().isEmpty()) {
            String comma = next();
            if (!comma.equals(",")) {
                throw unexpected(comma, "',' or 'end of string'");
            }
            if (peek().isEmpty()) {
                throw unexpected("", "identifier after ','");
            }
            requirements.add(requirement());
        }
        return requirements;
    }

    private Requirement requirement() {
        String first = next();
        if (first.equals("!")) {
            return new Requirement(key(next()), Operator.DOES_NOT_EXIST, List.of());
        }
        String key = key(first);
        String operator = peek();
        if (operator.isEmpty() || operator.equals(",")) {
            return new Requirement(key, Operator.EXISTS, List.of());
        }
        next();
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Operator.IN, List.of(value()));
            case "!=" -> new Requirement(key, Operator.NOT_IN, List.of(value()));
            case "in" -> new Requirement(key, Operator.IN, values());
            case "notin" -> new Requirement(key, Operator.NOT_IN, values());
            case ">" -> new Requirement(key, Operator.GREATER, List.of(number()));
            case "<" -> new Requirement(key, Operator.LESS, List.of(number()));
            default -> throw unexpected(operator, "in, notin, =, ==, !=, gt, lt");
        };
    }

    private String key(String token) {
        if (token.isEmpty() || SPECIAL.indexOf(token.charAt(0)) >= 0) {
            throw unexpected(token, "!, identifier, or 'end of string'");
        }
        List<String> problems = NameRules.qualifiedName(token);
        if (!problems.isEmpty()) {
            throw Failures.badRequest("unable to parse requirement: <nil>: Invalid value: \"" + token + "\": "
                    + String.join("; ", problems));
        }
        return token;
    }

    private String value() {
        String token = peek();
        if (token.isEmpty() || token.equals(",")) {
            return "";
        }
        next();
        return checked(token);
    }

    private String number() {
        String value = value();
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw Failures.badRequest("unable to parse requirement: values[0]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private List<String> values() {
        String open = next();
        if (!open.equals("(")) {
            throw unexpected(open, "'('");
        }
        if (peek().equals(")")) {
            throw Failures.badRequest("unable to parse requirement: values: Invalid value: []: for 'in', 'notin'"
                    + " operators, values set can't be empty");
        }
        List<String> values = new ArrayList<>();
        while (true) {
            String token = next();
            if (token.equals(")") || token.equals(",")) {
                values.add("");
            } else {
                values.add(checked(token));
                token = next();
            }
            if (token.equals(")")) {
                return values;
            }
            if (!token.equals(",")) {
                throw unexpected(token, "',' or ')'");
            }
        }
    }

    private String checked(String value) {
        if (SPECIAL.indexOf(value.charAt(0)) >= 0) {
            throw unexpected(value, "identifier");
        }
        List<String> problems = NameRules.labelValue(value);
        if (!problems.isEmpty()) {
            throw Failures.badRequest("unable to parse requirement: values[0][" + value + "]: Invalid value: \"" + value
                    + "\": " + String.join("; ", problems));
        }
        return value;
    }

    private String peek() {
        int before = position;
        String token = next();
        position = before;
        return token;
    }

    /** Returns the next token, or an empty text at the end. */
    private String next() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return "";
        }
        if (text.startsWith("==", start) || text.startsWith("!=", start)) {
            position += 2;
        } else if (SPECIAL.indexOf(text.charAt(start)) >= 0) {
            position++;
        } else {
            while (position < text.length()
                    && SPECIAL.indexOf(text.charAt(position)) < 0
                    && !Character.isWhitespace(text.charAt(position))) {
                position++;
            }
        }
        return text.substring(start, position);
    }

    private static Failure unexpected(String found, String expected) {
        return Failures.badRequest("unable to parse requirement: found '" + found + "' expected: " + expected);
    }
}
