package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.api.value.QuantityText;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Amounts by the name of what they are amounts of. Mutable. */
final class Usage {

    private final Map<String, Amount> amounts = new TreeMap<>();

    /** An amount, and whether it is written in powers of two. */
    private record Amount(BigDecimal value, boolean binary) {
        Amount plus(Amount other) {
            return new Amount(value.add(other.value), value.signum() == 0 ? other.binary : binary);
        }

        String text() {
            return QuantityText.of(value, binary);
        }
    }

    /** Returns the amounts of an object such as {@code {"cpu": "1"}}. */
    static Usage of(JsonNode quantities) {
        Usage usage = new Usage();
        quantities.properties().forEach(entry -> usage.add(entry.getKey(), entry.getValue()));
        return usage;
    }

    void add(String name, JsonNode quantity) {
        BigDecimal value = Quantity.parse(quantity).orElse(BigDecimal.ZERO);
        add(name, new Amount(value, quantity.asText().endsWith("i")));
    }

    void add(String name, long count) {
        add(name, TextNode.valueOf(Long.toString(count)));
    }

    void addAll(Usage other) {
        other.amounts.forEach(this::add);
    }

    private void add(String name, Amount amount) {
        amounts.merge(name, amount, Amount::plus);
    }

    Set<String> names() {
        return amounts.keySet();
    }

    BigDecimal of(String name) {
        Amount amount = amounts.get(name);
        return amount == null ? BigDecimal.ZERO : amount.value();
    }

    /** Returns the larger of each two amounts. */
    Usage max(Usage other) {
        Usage larger = new Usage();
        larger.addAll(this);
        other.amounts.forEach((name, amount) -> larger.amounts.merge(
                name, amount, (mine, theirs) -> mine.value().compareTo(theirs.value()) >= 0 ? mine : theirs));
        return larger;
    }

    /** Returns what is more than before. */
    Usage above(Usage before) {
        Usage more = new Usage();
        amounts.forEach((name, amount) -> {
            BigDecimal value = amount.value().subtract(before.of(name));
            if (value.signum() > 0) {
                more.amounts.put(name, new Amount(value, amount.binary()));
            }
        });
        return more;
    }

    /** Returns the amounts of these names; those that are not there are 0. */
    Usage only(Set<String> names) {
        Usage some = new Usage();
        names.forEach(name -> some.amounts.put(name, amounts.getOrDefault(name, new Amount(BigDecimal.ZERO, false))));
        return some;
    }

    /** Writes the amounts as messages do. */
    String text() {
        return amounts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                .collect(Collectors.joining(","));
    }

    void write(ObjectNode target) {
        amounts.forEach((name, amount) -> target.put(name, amount.text()));
    }
}
