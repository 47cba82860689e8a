package io.statefulkit.handle.volume;

import java.util.Optional;

/**
 * Storage that nobody uses: a claim without a pod, or a volume without a claim.
 *
 * @param kind {@code PersistentVolumeClaim} or {@code PersistentVolume}
 * @param name its name
 * @param uid its uid
 * @param reason why it counts as orphaned
 * @param since since when, as far as that is known
 * @param size its size
 * @param volume the name of the volume, empty when a claim has none
 * @param ours whether StatefulKit made it
 */
public record OrphanedVolume(
        String kind,
        String name,
        String uid,
        String reason,
        Optional<String> since,
        String size,
        String volume,
        boolean ours) {}
