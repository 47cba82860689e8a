package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Outcome;

/**
 * How a database answered one write or delete.
 *
 * @param outcome what the client knows by it
 * @param note the error, empty when there was none
 */
public record Reply(Outcome outcome, String note) {

    /** It was acknowledged. */
    public static Reply acknowledged() {
        return new Reply(Outcome.OK, "");
    }

    /** It is proved that nothing was written. */
    public static Reply refused(Throwable error) {
        return new Reply(Outcome.FAIL, describe(error));
    }

    /** Nobody knows whether it was written. */
    public static Reply unknown(Throwable error) {
        return new Reply(Outcome.INFO, describe(error));
    }

    private static String describe(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
    }
}
