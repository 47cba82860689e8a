package io.statefulkit.handle.backup;

/** Data that was restored; what was there before is still there under another name. */
public final class Restored {

    private final String database;
    private final String old;
    private final Runnable drop;

    Restored(String database, String old, Runnable drop) {
        this.database = database;
        this.old = old;
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

    /** Deletes what was there before, for good. */
    public void dropOld() {
        drop.run();
    }
}
