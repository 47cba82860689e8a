package io.statefulkit.embedded.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The query parameters of a request.
 *
 * @param values all values by name
 */
record Query(Map<String, List<String>> values) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    Query {
        values = Map.copyOf(values);
    }

    /** Parses what follows the question mark; a malformed escape is refused with 400. */
    static Query parse(String raw) {
        try {
            return new Query(new QueryStringDecoder(raw, false).parameters());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the query of the request is malformed: " + e.getMessage());
        }
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Returns the first value, or an empty text. */
    String text(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    Optional<String> present(String name) {
        return Optional.of(text(name)).filter(value -> !value.isEmpty());
    }

    /** Returns whether the parameter is there and neither {@code false} nor {@code 0}. */
    boolean flag(String name) {
        List<String> all = all(name);
        return !all.isEmpty()
                && !all.get(0).equalsIgnoreCase("false")
                && !all.get(0).equals("0");
    }

    /** Returns the number; a parameter that is there has to be one. */
    OptionalLong number(String name) {
        if (all(name).isEmpty()) {
            return OptionalLong.empty();
        }
        String text = text(name);
        boolean digits = NUMBER.matcher(text).matches();
        if (digits && new BigInteger(text).bitLength() < Long.SIZE) {
            return OptionalLong.of(new BigInteger(text).longValueExact());
        }
        throw Refusal.badRequest("strconv.ParseInt: parsing \"" + text.replace("\"", "\\\"") + "\": "
                + (digits ? "value out of range" : "invalid syntax"));
    }

    /** Returns the number, cut to what an int holds. */
    OptionalInt integer(String name) {
        OptionalLong number = number(name);
        return number.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number.getAsLong())));
    }
}
