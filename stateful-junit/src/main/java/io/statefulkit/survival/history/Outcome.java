package io.statefulkit.survival.history;

/** How an operation ended, as far as its client can know. */
public enum Outcome {
    /** The database acknowledged it. It must be there from now on. */
    OK,
    /** It is proved that it had no effect: it was refused before anything was committed. It must never be seen. */
    FAIL,
    /** Nobody knows: the connection broke while the answer was on its way. Seen or not seen, both are legal. */
    INFO
}
