package io.statefulkit.embedded.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Matches labels: from the text of a query parameter or from a {@code LabelSelector} object. Immutable. */
public final class LabelSelector {

    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);

    private final List<Requirement> requirements;
    private final boolean nothing;

    LabelSelector(List<Requirement> requirements, boolean nothing) {
        this.requirements = List.copyOf(requirements);
        this.nothing = nothing;
    }

    /**
     * Parses the text of a query parameter; an empty text matches everything.
     *
     * @throws Failure 400 when it is no selector
     */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new LabelSelectorParser(text).parse(), false);
    }

    /** Reads a {@code LabelSelector} object: a missing one matches nothing, an empty one everything. */
    public static LabelSelector of(JsonNode selector) {
        if (!selector.isObject()) {
            return new LabelSelector(List.of(), true);
        }
        List<Requirement> requirements = new ArrayList<>(equalTo(selector.path("matchLabels")));
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            Operator operator = Operator.named(expression.path("operator").asText());
            requirements.add(new Requirement(expression.path("key").asText(), operator, values));
        }
        return new LabelSelector(requirements, false);
    }

    private static List<Requirement> equalTo(JsonNode labels) {
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            requirements.add(new Requirement(
                    label.getKey(), Operator.IN, List.of(label.getValue().asText())));
        }
        return requirements;
    }

    /** Says whether the labels of an object match. */
    public boolean matches(ObjectNode object) {
        return matchesLabels(object.path("metadata").path("labels"));
    }

    /** Says whether labels match. */
    public boolean matchesLabels(JsonNode labels) {
        if (nothing) {
            return false;
        }
        // Lists ask this of each of thousands of objects: a stream would cost more than the comparison.
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Says whether there is no requirement at all. */
    public boolean isEmpty() {
        return !nothing && requirements.isEmpty();
    }

    /** Writes it as in a query parameter. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).sorted().collect(Collectors.joining(","));
    }

    /** How a requirement compares. */
    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GREATER,
        LESS,
        NONE;

        static Operator named(String name) {
            return switch (name) {
                case "In" -> IN;
                case "NotIn" -> NOT_IN;
                case "Exists" -> EXISTS;
                case "DoesNotExist" -> DOES_NOT_EXIST;
                case "Gt" -> GREATER;
                case "Lt" -> LESS;
                default -> NONE;
            };
        }
    }

    /** One requirement on one label. */
    record Requirement(String key, Operator operator, List<String> values) {
        Requirement {
            values = List.copyOf(values);
        }

        boolean matches(JsonNode labels) {
            JsonNode value = labels.path(key);
            boolean present = value.isTextual();
            return switch (operator) {
                case IN -> present && values.contains(value.asText());
                case NOT_IN -> !present || !values.contains(value.asText());
                case EXISTS -> present;
                case DOES_NOT_EXIST -> !present;
                case GREATER -> present && compare(value.asText()) > 0;
                case LESS -> present && compare(value.asText()) < 0;
                case NONE -> false;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(Long.parseLong(value), Long.parseLong(values.get(0)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                return 0; // What is no number is neither greater nor less.
            }
        }

        @Override
        public String toString() {
            String set = String.join(",", new TreeSet<>(values));
            return switch (operator) {
                case IN -> values.size() == 1 ? key + "=" + set : key + " in (" + set + ")";
                case NOT_IN -> values.size() == 1 ? key + "!=" + set : key + " notin (" + set + ")";
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
                case GREATER -> key + ">" + set;
                case LESS -> key + "<" + set;
                case NONE -> key + "?";
            };
        }
    }
}
