package io.statefulkit.handle;

import io.statefulkit.handle.place.Place;

/** A workload of any image on a cluster: what can be done to every workload, and nothing that needs to know its program. */
public final class WorkloadHandle implements Handle {

    private final Place place;
    private final String container;

    private WorkloadHandle(Place place, String container) {
        this.place = place;
        this.container = container;
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static WorkloadHandle of(Place place, String container) {
        return new WorkloadHandle(place, container);
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String container() {
        return container;
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "WorkloadHandle[" + place.ref() + "]";
    }
}
