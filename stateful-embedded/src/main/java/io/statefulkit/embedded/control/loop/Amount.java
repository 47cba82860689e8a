package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what is either a number or a percentage of something. */
public final class Amount {

    private static final int HUNDRED = 100;

    private Amount() {}

    /** Returns the amount; a fraction counts as one more. */
    public static int roundedUp(JsonNode amount, int total) {
        return isPercentage(amount) ? (percent(amount) * total + HUNDRED - 1) / HUNDRED : amount.asInt(0);
    }

    /** Returns the amount without its fraction. */
    public static int roundedDown(JsonNode amount, int total) {
        return isPercentage(amount) ? percent(amount) * total / HUNDRED : amount.asInt(0);
    }

    /** Returns whether the amount is a percentage. */
    public static boolean isPercentage(JsonNode amount) {
        return amount.isTextual() && amount.asText().endsWith("%");
    }

    private static int percent(JsonNode amount) {
        try {
            return Integer.parseInt(amount.asText().replace("%", "").trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
