package io.statefulkit.internal;

/**
 * What has to be put in order also in a thread that has been interrupted: every wait ends at once there, so a password would not be
 * put back, and a pod not be deleted.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Runs a step as in a thread that has not been interrupted; afterwards it is interrupted again. */
    public static void run(Runnable step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
