package io.statefulkit.embedded.node.probe;

import java.util.concurrent.CompletableFuture;

/** One way to probe. */
@FunctionalInterface
public interface ProbeCheck {

    /** Starts one run; the result comes within the timeout of the probe. */
    CompletableFuture<ProbeResult> run();
}
