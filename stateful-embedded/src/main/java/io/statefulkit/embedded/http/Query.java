package io.statefulkit.embedded.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The query parameters of a request.
 *
 * @param values all values by name
 */
record Query(Map<String, List<String>> values) {

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

    /** Returns whether the parameter is {@code true} or {@code 1}; Kubernetes takes everything but {@code false} and {@code 0}. */
    boolean flag(String name) {
        List<String> all = all(name);
        return !all.isEmpty()
                && !all.get(0).equals("false")
                && !all.get(0).equals("False")
                && !all.get(0).equals("0");
    }

    OptionalLong number(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    /** Returns the number, cut to what an int holds. */
    OptionalInt integer(String name) {
        OptionalLong number = number(name);
        return number.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number.getAsLong())));
    }
}
