package io.statefulkit.junit;

import io.statefulkit.survival.SurvivalResult;

/** A run did not show what a test expected. It carries the result, which says what it did show. */
public final class SurvivalError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient SurvivalResult result;

    SurvivalError(String message, SurvivalResult result) {
        super(message);
        this.result = result;
    }

    /** What the run has shown. */
    public SurvivalResult result() {
        return result;
    }
}
