package io.statefulkit.testing;

import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;

/** A workload that does nothing but run: it starts at once, and ends as soon as it is told to. */
public final class Programs {

    /** Ends as soon as it is asked to. */
    public static final String IDLE = "trap 'exit 0' TERM; sleep 1000 & wait";

    /** When it is asked to end, it ends as soon as its volume has the file {@code go}. */
    public static final String UNTIL_TOLD =
            "trap 'until test -e /data/go; do sleep 0.05; done; exit 0' TERM; sleep 1000 & wait";

    private Programs() {}

    /** With a claim of 1 GiB at {@code /data}. */
    public static StatefulWorkload program(String name) {
        return program(name, Claim.named("data").size("1Gi"));
    }

    /** With this claim at {@code /data}. Many of them have to fit on a node of two processors. */
    public static StatefulWorkload program(String name, Claim claim) {
        return StatefulWorkload.named(name)
                .withImage("busybox:1.36")
                .withResources(Resources.cpu("20m").memory("64Mi"))
                .withVolumeClaimTemplate(claim, "/data")
                .withCommand("sh", "-c", IDLE)
                .withReadyCommand("test", "-d", "/data");
    }
}
