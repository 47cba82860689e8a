package io.statefulkit.embedded.node;

/** A container's command cannot be run. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message);
    }
}
