package io.statefulkit.handle.change;

/** Says that an upgrade was not done, and in which state everything is. */
public final class UpgradeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UpgradeException(String problem, String state, Throwable cause) {
        super(problem + "\n  state: " + state, cause);
    }
}
