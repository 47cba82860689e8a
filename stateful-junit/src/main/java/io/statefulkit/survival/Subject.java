package io.statefulkit.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Store;
import java.util.List;
import java.util.Optional;

/** A workload that keeps data, and the way to it. */
public interface Subject {

    /** Talks to its cluster; stays open. */
    KubernetesClient client();

    /** Its namespace. */
    String namespace();

    /** Its name. */
    String name();

    /** What runs its pods; a StatefulSet unless an implementation says otherwise. */
    default WorkloadRef.Kind kind() {
        return WorkloadRef.Kind.STATEFUL_SET;
    }

    /** Which container of its pods is the server, where that is known; else it is found by what the pods tell. */
    default Optional<String> container() {
        return Optional.empty();
    }

    /** What contradicts the claim that its data survives, as far as the workload shows it and not its database; nothing unless an implementation says otherwise. */
    default List<Hazard> hazards() {
        return List.of();
    }

    /** Opens the way to the database, for one run. */
    Connections connect();

    /** A way to the data that goes on working when the pod is replaced. */
    interface Connections extends AutoCloseable {

        /** Where the rows of a run go: each session is a new connection to the current server, not one of a pool. */
        Store store(String run);

        /** Closes the way. Never throws. */
        @Override
        void close();
    }
}
