package io.statefulkit.samples.stage;

/** Something that a story claims does not hold. */
public final class StoryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Fails with what was claimed and what was seen. */
    public StoryFailedException(String message) {
        super(message);
    }
}
