package io.statefulkit.spec.pod;

/**
 * The times of the three probes. What they ask is the engine's business: a server that is ready answers over TCP.
 *
 * @param startup until it has succeeded once, the others wait: an hour, so that a first start and a crash recovery can
 *     finish
 * @param readiness while it fails, no traffic comes
 * @param liveness when it fails, the container is restarted
 */
public record Probes(ProbeTimes startup, ProbeTimes readiness, ProbeTimes liveness) {

    /** Return startup 1 s × 3600, readiness 5 s × 3, liveness 10 s × 6, each with a timeout of 5 s. */
    public static Probes defaults() {
        return new Probes(ProbeTimes.seconds(1, 5, 3600), ProbeTimes.seconds(5, 5, 3), ProbeTimes.seconds(10, 5, 6));
    }

    /** Set the startup probe's times. */
    public Probes startup(ProbeTimes times) {
        return new Probes(times, readiness, liveness);
    }

    /** Set the readiness probe's times. */
    public Probes readiness(ProbeTimes times) {
        return new Probes(startup, times, liveness);
    }

    /** Set the liveness probe's times. */
    public Probes liveness(ProbeTimes times) {
        return new Probes(startup, readiness, times);
    }
}
