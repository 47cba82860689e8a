package io.statefulkit.cluster.testing;

import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;

/** A workload that does nothing but run: it starts at once, and ends as soon as it is told to. */
public final class Idle {

    private Idle() {}

    /**
     * Where its data is to be, is for the caller to say; {@code /data} has to be there before it is ready. Many of them have to fit on a node of
     * two processors.
     */
    public static StatefulWorkload program(String name) {
        return StatefulWorkload.named(name)
                .withImage("busybox:1.36")
                .withResources(Resources.cpu("20m").memory("64Mi"))
                .withCommand("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait")
                .withReadyCommand("test", "-d", "/data");
    }

    /** With a claim of 1 GiB at {@code /data}. */
    public static StatefulWorkload onClaim(String name) {
        return program(name).withVolumeClaimTemplate(Claim.named("data").size("1Gi"), "/data");
    }
}
