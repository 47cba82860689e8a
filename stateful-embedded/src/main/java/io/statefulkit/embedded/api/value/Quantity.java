package io.statefulkit.embedded.api.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts such as {@code 10Gi}, {@code 500m} and {@code 1e3}. */
public final class Quantity {

    private static final Pattern FORMAT =
            Pattern.compile("([+-]?[0-9]*\\.?[0-9]*)([eE][-+]?[0-9]{1,3}|[numkKMGTPE]?i?)");

    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /** Returns the amount, or empty when the node is none. */
    public static Optional<BigDecimal> parse(JsonNode node) {
        return parse(node.asText(""));
    }

    /** Returns the amount, or empty when the text is none. */
    public static Optional<BigDecimal> parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches() || matcher.group(1).chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E') && !suffix.equals("Ei")) {
            return Optional.of(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
        }
        return Optional.ofNullable(SUFFIXES.get(suffix)).map(number::multiply);
    }

    /** Returns the amount as a text. */
    public static JsonNode canonical(JsonNode node) {
        return TextNode.valueOf(QuantityText.canonical(node.asText()));
    }

    /** Says whether two nodes are the same amount. */
    public static boolean same(JsonNode a, JsonNode b) {
        return compare(a, b) == 0;
    }

    /** Compares two amounts; what is none counts as 0. */
    public static int compare(JsonNode a, JsonNode b) {
        return parse(a).orElse(BigDecimal.ZERO).compareTo(parse(b).orElse(BigDecimal.ZERO));
    }
}
