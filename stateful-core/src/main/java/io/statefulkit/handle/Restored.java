package io.statefulkit.handle;

/** A database that was restored; the one before it is still there under another name. */
public final class Restored {

    private final PostgresHandle handle;
    private final String database;
    private final String old;

    Restored(PostgresHandle handle, String database, String old) {
        this.handle = handle;
        this.database = database;
        this.old = old;
    }

    /** Returns the name of the database, which clients go on using. */
    public String database() {
        return database;
    }

    /** Returns the name that the database before it has now. */
    public String oldDatabase() {
        return old;
    }

    /** Deletes the database before it, for good. */
    public void dropOld() {
        handle.psqlIn("template1", "drop database " + PostgresBackups.quoted(old));
    }
}
