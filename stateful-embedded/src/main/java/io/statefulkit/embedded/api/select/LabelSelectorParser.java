package io.statefulkit.embedded.api.select;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.select.LabelSelector.Operator;
import io.statefulkit.embedded.api.select.LabelSelector.Requirement;
import io.statefulkit.embedded.api.value.NameRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parses label selectors: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}. What is wrong is told as the API server tells it,
 * which depends on where in the text it is.
 */
final class LabelSelectorParser {

    private static final String SPECIAL = "=!(),<>";
    private static final String SPACE = " \t\r\n";
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private final String text;
    private int position;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        String first = peek();
        if (!first.isEmpty() && !identifier(first) && !first.equals("!")) {
            throw unexpected(first, "!, identifier, or 'end of string'");
        }
        while (!peek().isEmpty()) {
            requirements.add(requirement());
            String comma = next();
            if (comma.isEmpty()) {
                return requirements;
            }
            if (!comma.equals(",")) {
                throw unexpected(comma, "',' or 'end of string'");
            }
            String after = peek();
            if (!identifier(after) && !after.equals("!")) {
                throw unexpected(after, "identifier after ','");
            }
        }
        return requirements;
    }

    private Requirement requirement() {
        String first = next();
        boolean absent = first.equals("!");
        String key = key(absent ? next() : first);
        if (absent) {
            return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek().isEmpty() || peek().equals(",")) {
            return new Requirement(key, Operator.EXISTS, List.of());
        }
        String operator = next();
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Operator.IN, checked(key, List.of(value())));
            case "!=" -> new Requirement(key, Operator.NOT_IN, checked(key, List.of(value())));
            case "in" -> new Requirement(key, Operator.IN, checked(key, values()));
            case "notin" -> new Requirement(key, Operator.NOT_IN, checked(key, values()));
            case ">" -> new Requirement(key, Operator.GREATER, checked(key, List.of(number())));
            case "<" -> new Requirement(key, Operator.LESS, checked(key, List.of(number())));
            default -> throw inRequirement("found '" + operator + "', expected: " + OPERATORS);
        };
    }

    private static String key(String token) {
        if (!identifier(token)) {
            throw inRequirement("found '" + token + "', expected: identifier");
        }
        List<String> problems = NameRules.qualifiedName(token);
        if (!problems.isEmpty()) {
            throw inRequirement("<nil>: Invalid value: \"" + token + "\": " + String.join("; ", problems));
        }
        return token;
    }

    private String value() {
        if (peek().isEmpty() || peek().equals(",")) {
            return "";
        }
        String token = next();
        if (!identifier(token)) {
            throw inRequirement("found '" + token + "', expected: identifier");
        }
        return token;
    }

    private String number() {
        String value = value();
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw inRequirement("values[0]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private List<String> values() {
        String open = next();
        if (!open.equals("(")) {
            throw inRequirement("found '" + open + "' expected: '('");
        }
        String first = peek();
        if (first.equals(")")) {
            next();
            return List.of("");
        }
        if (!identifier(first) && !first.equals(",")) {
            throw inRequirement("found '" + first + "', expected: ',', ')' or identifier");
        }
        return List.copyOf(listed());
    }

    /** Reads what stands between brackets, and the second one; values may be empty. */
    private Set<String> listed() {
        Set<String> values = new TreeSet<>();
        while (true) {
            String token = next();
            if (identifier(token)) {
                values.add(token);
                String after = peek();
                if (!after.equals(",") && !after.equals(")")) {
                    throw inRequirement("found '" + after + "', expected: ',' or ')'");
                }
            } else if (token.equals(",")) {
                if (values.isEmpty() || peek().equals(",") || peek().equals(")")) {
                    values.add("");
                }
            } else if (token.equals(")")) {
                return values;
            } else {
                throw inRequirement("found '" + token + "', expected: ',', or identifier");
            }
        }
    }

    private static List<String> checked(String key, List<String> values) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<String> problems = NameRules.labelValue(values.get(i));
            if (!problems.isEmpty()) {
                wrong.add("values[" + i + "][" + key + "]: Invalid value: \"" + values.get(i) + "\": "
                        + String.join("; ", problems));
            }
        }
        if (!wrong.isEmpty()) {
            throw inRequirement(wrong.size() == 1 ? wrong.get(0) : "[" + String.join(", ", wrong) + "]");
        }
        return values;
    }

    private String peek() {
        int before = position;
        String token = next();
        position = before;
        return token;
    }

    /** Returns the next token, or an empty text at the end. */
    private String next() {
        while (position < text.length() && SPACE.indexOf(text.charAt(position)) >= 0) {
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
                    && SPACE.indexOf(text.charAt(position)) < 0) {
                position++;
            }
        }
        return text.substring(start, position);
    }

    private static boolean identifier(String token) {
        return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
    }

    private static Failure inRequirement(String problem) {
        return Failures.badRequest("unable to parse requirement: " + problem);
    }

    private static Failure unexpected(String found, String expected) {
        return Failures.badRequest("found '" + found + "', expected: " + expected);
    }
}
