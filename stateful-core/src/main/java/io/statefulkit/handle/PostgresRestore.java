package io.statefulkit.handle;

/** Restores a dump beside a PostgreSQL database and lets the two change names. */
record PostgresRestore(PostgresHandle handle, Dumps dumps) {

    private static final String LOAD = """
        cd "$BACKUP_DIR" || exit 1
        exec pg_restore --no-password --exit-on-error --dbname="$2" "$1"
        """;

    Restored run(Backup backup) {
        dumps.check(backup);
        String database = handle.login().database();
        String stamp = Long.toString(System.currentTimeMillis());
        String fresh = "statefulkit_restore_" + stamp;
        String old = shortened(database) + "_old_" + stamp;
        create(fresh);
        try {
            load(backup, fresh);
        } catch (RuntimeException e) {
            drop(fresh, e);
            throw e;
        }
        swap(database, fresh, old);
        return new Restored(database, old, () -> admin("drop database " + quoted(old)));
    }

    /** The server may be what has failed, so this may fail, too; the first failure is the one to tell. */
    private void drop(String database, RuntimeException failure) {
        try {
            admin("drop database if exists " + quoted(database));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void create(String database) {
        admin("create database " + quoted(database) + " template template0");
    }

    private void load(Backup backup, String database) {
        ExecResult result = dumps.sidecar(LOAD, backup.file(), database);
        if (!result.ok()) {
            throw Dumps.cannot(backup, Dumps.said(result));
        }
    }

    /** Nobody may be connected while databases are renamed; both names change in one transaction, or none. */
    private void swap(String database, String fresh, String old) {
        admin("alter database " + quoted(database) + " allow_connections false");
        try {
            admin("do $$ declare tries int := 0; begin loop"
                    + " perform pg_terminate_backend(pid) from pg_stat_activity where datname = " + literal(database)
                    + "; perform pg_stat_clear_snapshot();"
                    + " exit when not exists (select from pg_stat_activity where datname = " + literal(database)
                    + "); tries := tries + 1; if tries > 300 then raise exception 'sessions do not end'; end if;"
                    + " perform pg_sleep(0.1); end loop; end $$");
            admin("begin; alter database " + quoted(database) + " rename to " + quoted(old) + "; alter database "
                    + quoted(fresh) + " rename to " + quoted(database) + "; commit");
        } catch (RuntimeException e) {
            admin("alter database " + quoted(database) + " allow_connections true");
            throw e;
        }
        admin("alter database " + quoted(old) + " allow_connections true");
    }

    private void admin(String sql) {
        handle.psqlIn("template1", sql);
    }

    private static String shortened(String database) {
        return database.length() > 40 ? database.substring(0, 40) : database;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
