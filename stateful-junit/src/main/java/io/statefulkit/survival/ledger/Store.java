package io.statefulkit.survival.ledger;

import java.util.List;

/** Where a ledger keeps its rows. There are those for SQL, Redis and files; one for another database is given to the run by its user. Thread-safe. */
public interface Store {

    /** Whether its sessions keep accounts beside rows; not unless an implementation says otherwise. */
    default boolean keepsAccounts() {
        return false;
    }

    /** The place of the rows, for messages, such as a table's name. */
    String name();

    /**
     * Makes the place for the rows, which must not exist.
     *
     * @return settings of the database that contradict the claim that acknowledged rows survive
     * @throws StoreException when it cannot
     */
    List<Hazard> prepare();

    /**
     * Opens a new connection. May block; the caller gives up after a while and closes what arrives late.
     *
     * @throws StoreException when the database does not accept one
     */
    Session open();

    /**
     * What stays the same for as long as it is the same database with the same files, such as the system identifier of PostgreSQL; empty
     * when the database has no such thing.
     *
     * @throws StoreException when it cannot be asked
     */
    String identity();

    /**
     * Removes the rows and their place.
     *
     * @throws StoreException when it cannot
     */
    void drop();
}
