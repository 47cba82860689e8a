package io.statefulkit.handle.volume;

/**
 * Where a container sees a claim.
 *
 * @param container the container
 * @param path the directory
 * @param subPath the directory of the volume that is mounted, empty for its root
 * @param claim the name of the claim of pod 0
 */
public record MountInfo(String container, String path, String subPath, String claim) {}
