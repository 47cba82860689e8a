package io.statefulkit.handle.volume;

import java.util.List;

/**
 * A claim of a workload and the volume behind it.
 *
 * @param claim the name of the claim
 * @param phase {@code Bound}, {@code Pending} or {@code Lost}
 * @param requested the size that the claim asks for
 * @param capacity the size that it has, empty when it is not bound
 * @param modes its access modes
 * @param storageClass its storage class, empty when it has none
 * @param volume the name of its volume, empty when it is not bound
 * @param reclaimPolicy what becomes of the volume when the claim is deleted: {@code Delete} or {@code Retain}; empty when
 *     it is not bound, or volumes may not be read
 */
public record VolumeInfo(
        String claim,
        String phase,
        String requested,
        String capacity,
        List<String> modes,
        String storageClass,
        String volume,
        String reclaimPolicy) {

    /** Copies the modes. */
    public VolumeInfo {
        modes = List.copyOf(modes);
    }
}
