package io.statefulkit.embedded.node.probe;

/**
 * What one run of a probe found.
 *
 * @param success whether it succeeded
 * @param output what it said
 */
public record ProbeResult(boolean success, String output) {

    /** It succeeded. */
    public static final ProbeResult OK = new ProbeResult(true, "");

    /** It succeeded, and something is to be told nevertheless. */
    public static ProbeResult warning(String output) {
        return new ProbeResult(true, output);
    }

    /** It failed. */
    public static ProbeResult failure(String output) {
        return new ProbeResult(false, output);
    }
}
