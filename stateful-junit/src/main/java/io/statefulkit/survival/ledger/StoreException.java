package io.statefulkit.survival.ledger;

/** The database could not be reached or could not do what was asked. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what was attempted; the cause says why it failed. */
    public StoreException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
