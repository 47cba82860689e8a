package io.statefulkit.survival.disruption.observation;

import java.util.Locale;

/**
 * What one disruption showed the data to survive: how the server ended, and how far its data had to travel. The two do not order: a pod
 * that was replaced in peace and a server that was killed in place are different tests.
 *
 * @param death how the server ended
 * @param reach what of its surroundings was replaced
 */
public record Proof(Death death, Reach reach) {

    /** How the server ended. */
    public enum Death {
        /** It was asked to stop and stopped: it could flush what it had not written. */
        GRACEFUL,
        /** SIGKILL: what it held in its own memory is gone. What it gave to the kernel is not. */
        KILLED
    }

    /** What was replaced around the data. */
    public enum Reach {
        /** The container: everything outside of volumes is gone. */
        CONTAINER,
        /** The pod: what is not on a claim is gone. */
        POD,
        /** The node: what is on a disk of the old one is out of reach. */
        NODE,
        /** The claims: what was not brought back from elsewhere is gone. */
        RESTORED
    }

    @Override
    public String toString() {
        return death.name().toLowerCase(Locale.ROOT) + " " + reach.name().toLowerCase(Locale.ROOT);
    }
}
