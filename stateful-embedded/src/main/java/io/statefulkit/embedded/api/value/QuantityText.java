package io.statefulkit.embedded.api.value;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Writes amounts the one way the API server writes them: no fraction, and the largest suffix that allows that. */
public final class QuantityText {

    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int FIRST_DECIMAL = -9;
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final int THOUSAND = 3;

    private QuantityText() {}

    /** Returns the canonical text of an amount; a text that is none comes back as it is. */
    static String canonical(String text) {
        BigDecimal amount = Quantity.parse(TextNode.valueOf(text)).orElse(null);
        if (amount == null || text.matches(".*[0-9.][eE][-+]?[0-9]+")) {
            return text;
        }
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        if (text.endsWith("i") && whole) {
            return binary(amount.toBigIntegerExact());
        }
        return decimal(amount);
    }

    /** Returns the canonical text of an amount. */
    public static String of(BigDecimal amount, boolean binary) {
        return binary && amount.stripTrailingZeros().scale() <= 0
                ? binary(amount.toBigIntegerExact())
                : decimal(amount);
    }

    private static String binary(BigInteger amount) {
        int suffix = 0;
        BigInteger number = amount;
        while (suffix < BINARY.size() - 1
                && number.signum() != 0
                && number.mod(KIBI).signum() == 0) {
            number = number.divide(KIBI);
            suffix++;
        }
        return number + BINARY.get(suffix);
    }

    private static String decimal(BigDecimal amount) {
        if (amount.signum() == 0) {
            return "0";
        }
        BigDecimal bare = amount.setScale(Math.min(amount.scale(), -FIRST_DECIMAL), RoundingMode.UP)
                .stripTrailingZeros();
        int exponent = Math.floorDiv(-bare.scale(), THOUSAND);
        int index = Math.min(exponent - FIRST_DECIMAL / THOUSAND, DECIMAL.size() - 1);
        int power = (index + FIRST_DECIMAL / THOUSAND) * THOUSAND;
        return bare.scaleByPowerOfTen(-power).toBigIntegerExact() + DECIMAL.get(index);
    }
}
