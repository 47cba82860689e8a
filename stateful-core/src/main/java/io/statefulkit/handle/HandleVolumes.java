package io.statefulkit.handle;

import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.volume.Expansion;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.handle.volume.Mounts;
import io.statefulkit.handle.volume.Snapshots;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.handle.volume.VolumeOperations;
import io.statefulkit.spec.storage.Size;
import java.util.List;

/** What can be done to the volumes of a workload, whatever it is: a part of each {@link Handle}. */
public sealed interface HandleVolumes permits Handle {

    /** Returns where the workload is. */
    Place place();

    /** Returns the container of the server itself; others are sidecars. */
    String container();

    /** Returns its claims and the volumes behind them. */
    default List<VolumeInfo> volumes() {
        return new VolumeOperations(place()).list();
    }

    /** Returns which directories of the containers of pod 0 are on claims. */
    default List<MountInfo> mounts() {
        return new Mounts(place()).list();
    }

    /**
     * Returns the claim that a directory of the container of the server really is on, as the container itself sees it: an
     * image may have a volume of its own in between.
     *
     * @throws IllegalStateException when it is on none, so that the next restart loses what is in it
     */
    default MountInfo mountOf(String directory) {
        return new Mounts(place()).holding(container(), directory);
    }

    /**
     * Makes the volumes of the claim template {@code data} larger, while the server runs, and waits until they are. Those of pods that
     * were scaled away may get their size when a pod uses them again.
     *
     * @throws UnsupportedOperationException when the storage class does not allow it
     * @throws IllegalArgumentException when they are larger already, or there are no claims of such a template
     * @throws IllegalStateException when the workload has no claim templates, or a volume does not grow in time
     */
    default void expandVolumes(String size) {
        expandVolumes("data", size);
    }

    /** Makes the volumes of a claim template larger, like {@link #expandVolumes(String)}. */
    default void expandVolumes(String template, String size) {
        new Expansion(place()).expand(template, Size.of(size));
    }

    /**
     * Lets its volumes stay when their claims are deleted (reclaim policy {@code Retain}).
     *
     * @return the names of the volumes that would have been deleted
     */
    default List<String> protect() {
        return new VolumeOperations(place()).protect();
    }

    /**
     * Takes a snapshot of the volume of a claim, as a crash would leave it, and waits until it can be used.
     *
     * @return the name of the VolumeSnapshot
     * @throws UnsupportedOperationException when the cluster cannot take snapshots
     * @throws IllegalStateException when it cannot be used in time
     */
    default String snapshot(String claim) {
        return new Snapshots(place()).take(claim, this::beforeSnapshot);
    }

    /** Lets the server write what it has in memory, before a snapshot of its volume is taken. */
    default void beforeSnapshot() {}
}
