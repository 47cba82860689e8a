package io.statefulkit.embedded.fidelity;

import io.statefulkit.embedded.EmbeddedCluster;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Plays the recordings that are named and prints every difference, with the known one that excuses it. For work on the
 * cluster; {@link FidelityIT} judges.
 */
final class RawDifferences {

    private RawDifferences() {}

    public static void main(String... recordings) {
        PrintStream out = System.out;
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            RawClient http = new RawClient(cluster.client().getConfiguration());
            for (String recording : recordings.length == 0 ? FidelityIT.recordings() : List.of(recordings)) {
                long start = System.nanoTime();
                List<Difference> differences = new Replay(cluster, http, Recording.load(recording)).run();
                long seconds = (System.nanoTime() - start) / 1_000_000_000;
                out.println("== " + recording + ": " + differences.size() + " in " + seconds + " s");
                for (Difference difference : differences) {
                    Optional<KnownDifference> known = KnownDifference.explaining(difference);
                    out.println(known.map(Enum::name).orElse("UNKNOWN") + " " + difference);
                }
            }
        }
    }
}
