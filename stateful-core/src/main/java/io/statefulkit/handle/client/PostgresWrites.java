package io.statefulkit.handle.client;

import io.statefulkit.internal.NotApi;

/**
 * Lets the databases of a PostgreSQL server refuse writes for a while. Each gets a mark in its own settings, so that whoever comes
 * after a program that has died in between knows what to undo, and databases that their owners let refuse writes stay so.
 */
@NotApi
public record PostgresWrites(PostgresClient client) {

    /** The setting that marks a database. */
    public static final String MARK = "statefulkit.upgrading";

    /** Undoes it, as a script for {@code psql}; does nothing where there is no mark. */
    public static final String ALLOW = """
        set default_transaction_read_only = off;
        select format('alter database %I reset default_transaction_read_only', datname),
            format('alter database %I reset statefulkit.upgrading', datname)
          from pg_database d join pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0
          where 'statefulkit.upgrading=on' = any (s.setconfig) \\gexec
        """;

    private static final String STOP = """
        set default_transaction_read_only = off;
        select format('alter database %I set statefulkit.upgrading = on', datname),
            format('alter database %I set default_transaction_read_only = on', datname)
          from pg_database d
          where datallowconn and datname not in ('template0', 'template1') and not exists (select from pg_db_role_setting s
            where s.setdatabase = d.oid and s.setrole = 0 and 'default_transaction_read_only=on' = any (s.setconfig)) \\gexec
        """;

    private static final String MARKED =
            "select count(*) from pg_db_role_setting where 'statefulkit.upgrading=on' = any (setconfig)";

    /** Sessions are ended, since a setting holds for new ones. */
    private static final String END_SESSIONS = "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where backend_type = 'client backend' and pid <> pg_backend_pid()";

    /** Lets all databases refuse writes, and ends all sessions. */
    public void stop() {
        client.psqlIn("template1", STOP + END_SESSIONS);
    }

    /** Tells whether a database refuses writes because of {@link #stop}. */
    public boolean stopped() {
        return !client.psqlIn("template1", MARKED).equals("0");
    }

    /** Lets them take writes again, and ends all sessions; does nothing, and returns false, when none is marked. */
    public boolean allow() {
        if (!stopped()) {
            return false;
        }
        client.psqlIn("template1", ALLOW + END_SESSIONS);
        return true;
    }
}
