package io.statefulkit.handle.pod;

import java.util.List;

/**
 * What has become of the claims of a workload that was taken off the cluster.
 *
 * @param deletedClaims names of those that are gone
 * @param keptClaims names of those that are still there: all of them with {@link Undeploy#RETAIN}; else those that were not made
 *     for the workload, but that it was told to use, and those of dumps that jobs have made
 */
public record Undeployed(List<String> deletedClaims, List<String> keptClaims) {

    /** Copies the lists. */
    public Undeployed {
        deletedClaims = List.copyOf(deletedClaims);
        keptClaims = List.copyOf(keptClaims);
    }
}
