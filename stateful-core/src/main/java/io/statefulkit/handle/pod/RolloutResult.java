package io.statefulkit.handle.pod;

import java.time.Duration;
import java.util.Map;

/**
 * What a rollout did.
 *
 * @param revision the revision that the pods have now; empty for a Deployment
 * @param oldUids the uids of the pods before, by name
 * @param newUids the uids of the pods now, by name
 * @param took from the request until everything was ready
 */
public record RolloutResult(String revision, Map<String, String> oldUids, Map<String, String> newUids, Duration took) {

    /** Copies the maps. */
    public RolloutResult {
        oldUids = Map.copyOf(oldUids);
        newUids = Map.copyOf(newUids);
    }
}
