package io.statefulkit.embedded.json;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what is wrong with a text that is not JSON, in the words of the API server. Slow: made for texts that a parser has
 * refused.
 */
public final class JsonSyntax {

    private static final String END = "unexpected end of JSON input";
    private static final int MAX_DEPTH = 1_000;

    private final String text;
    private int at;
    private int depth;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** Returns the first mistake, or empty when there is none. */
    public static Optional<String> problem(byte[] text) {
        JsonSyntax syntax = new JsonSyntax(new String(text, StandardCharsets.UTF_8));
        try {
            syntax.value();
            syntax.space();
            return syntax.at < syntax.text.length()
                    ? Optional.of(syntax.character("after top-level value"))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void value() {
        space();
        char first = peek();
        switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (first != '-' && !isDigit(first)) {
                    throw wrong("looking for beginning of value");
                }
                number();
            }
        }
    }

    private void object() {
        enter();
        if (peekAfterSpace() == '}') {
            leave();
            return;
        }
        while (true) {
            if (peekAfterSpace() != '"') {
                throw wrong("looking for beginning of object key string");
            }
            string();
            if (peekAfterSpace() != ':') {
                throw wrong("after object key");
            }
            at++;
            value();
            char next = peekAfterSpace();
            if (next == '}') {
                leave();
                return;
            }
            if (next != ',') {
                throw wrong("after object key:value pair");
            }
            at++;
        }
    }

    private void array() {
        enter();
        if (peekAfterSpace() == ']') {
            leave();
            return;
        }
        while (true) {
            value();
            char next = peekAfterSpace();
            if (next == ']') {
                leave();
                return;
            }
            if (next != ',') {
                throw wrong("after array element");
            }
            at++;
        }
    }

    private void enter() {
        at++;
        depth++;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("exceeded max depth");
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    private void string() {
        at++;
        while (peek() != '"') {
            if (peek() < ' ') {
                throw wrong("in string literal");
            }
            if (peek() == '\\') {
                at++;
                escape();
            } else {
                at++;
            }
        }
        at++;
    }

    private void escape() {
        char kind = peek();
        if ("bfnrt\\/\"u".indexOf(kind) < 0) {
            throw wrong("in string escape code");
        }
        at++;
        for (int i = 0; kind == 'u' && i < 4; i++) {
            if (Character.digit(peek(), 16) < 0) {
                throw wrong("in \\u hexadecimal character escape");
            }
            at++;
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw wrong("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
            at++;
        }
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        boolean zero = peek() == '0';
        digits("in numeric literal", zero);
        if (hasNext('.')) {
            at++;
            digits("after decimal point in numeric literal", false);
        }
        if (hasNext('e') || hasNext('E')) {
            at++;
            if (hasNext('+') || hasNext('-')) {
                at++;
            }
            digits("in exponent of numeric literal", false);
        }
    }

    private void digits(String where, boolean one) {
        if (!isDigit(peek())) {
            throw wrong(where);
        }
        at++;
        while (!one && at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private boolean hasNext(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException(END);
        }
        return text.charAt(at);
    }

    private char peekAfterSpace() {
        space();
        return peek();
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException wrong(String where) {
        return new IllegalArgumentException(character(where));
    }

    private String character(String where) {
        char c = text.charAt(at);
        String shown = c == '\'' ? "'\\''" : c == '"' ? "'\"'" : c < ' ' ? control(c) : "'" + c + "'";
        return "invalid character " + shown + " " + where;
    }

    private static String control(char c) {
        return switch (c) {
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> String.format(Locale.ROOT, "'\\x%02x'", (int) c);
        };
    }
}
