package io.statefulkit.handle.backup;

import java.util.List;

/** Data that was restored; what was there before is still there under another name. */
public final class Restored {

    private final String database;
    private final String old;
    private final List<String> remarks;
    private final Runnable drop;

    Restored(String database, String old, Runnable drop) {
        this(database, old, List.of(), drop);
    }

    Restored(String database, String old, List<String> remarks, Runnable drop) {
        this.database = database;
        this.old = old;
        this.remarks = List.copyOf(remarks);
        this.drop = drop;
    }

    /** Returns the name of the database, which clients go on using. */
    public String database() {
        return database;
    }

    /** Returns the name that the database before it has now; for Redis the directory on the volume in which its files are. */
    public String oldDatabase() {
        return old;
    }

    /**
     * Returns what is not as it was when the dump was made, a sentence each: a collation that the server does not know, roles that
     * have no password now. Empty when everything is.
     */
    public List<String> remarks() {
        return remarks;
    }

    /** Deletes what was there before, for good. */
    public void dropOld() {
        drop.run();
    }
}
