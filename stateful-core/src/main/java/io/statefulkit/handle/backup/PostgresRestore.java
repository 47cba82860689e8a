package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.internal.NotApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Restores a dump beside a PostgreSQL database and lets the two change names. */
@NotApi
public record PostgresRestore(PostgresClient client) {

    private static final int NOT_THE_DUMP = 3;

    /**
     * Loads while the hash is taken of the same file, since both need all of it: what has been loaded counts only when the hash
     * is right, too.
     */
    private static final String LOAD = """
        cd "$BACKUP_DIR" || exit 1
        [ -e "$1" ] || { echo "there is no such file" >&2; exit 3; }
        [ "$(wc -c <"$1")" -eq "$4" ] || { echo "its size has changed since it was made" >&2; exit 3; }
        export PGOPTIONS='-c default_transaction_read_only=off'
        [ -n "$3" ] || exec pg_restore --no-password --exit-on-error --dbname="$2" "$1"
        sum=/tmp/$2.sum
        sha256sum <"$1" >"$sum" &
        hashing=$!
        loaded=0
        pg_restore --no-password --exit-on-error --dbname="$2" "$1" || loaded=1
        wait "$hashing" || { rm -f "$sum"; exit 1; }
        hash=$(cut -d' ' -f1 "$sum")
        rm -f "$sum"
        [ "$hash" = "$3" ] || { echo "its hash has changed since it was made" >&2; exit 3; }
        exit $loaded
        """;

    private static final String SPACE = """
        df -Pk "$PGDATA" | tail -n 1
        psql -X -q -A -t -U "${POSTGRES_USER:-postgres}" -d template1 \\
          -v name="${POSTGRES_DB:-${POSTGRES_USER:-postgres}}" <<'SQL'
        select pg_database_size(:'name');
        SQL
        """;

    /** Who comes after a connection that has ended waits for the script that goes on without it. */
    private static final String ALONE =
            "do $$ begin perform pg_advisory_lock(hashtext('statefulkit_restore')); end $$;\n";

    /** Nobody may be connected while databases are renamed; both names change in one transaction, or none. */
    private static final String SWAP = ALONE + """
        alter database %1$s allow_connections false;
        do $$ declare tries int := 0; begin loop
          perform pg_terminate_backend(pid) from pg_stat_activity where datname = %4$s;
          perform pg_stat_clear_snapshot();
          exit when not exists (select from pg_stat_activity where datname = %4$s);
          tries := tries + 1;
          if tries > 300 then raise exception 'sessions do not end'; end if;
          perform pg_sleep(least(0.01 * tries, 0.1));
        end loop; end $$;
        begin;
        alter database %1$s rename to %3$s;
        alter database %2$s rename to %1$s;
        alter database %3$s allow_connections true;
        commit
        """;

    /**
     * No dump has statistics for the planner. In stages, as {@code vacuumdb} does after an upgrade: clients are back already, and rough ones are
     * there soon.
     */
    private static final String ANALYZE = """
        export PGDATABASE="$1" PGOPTIONS='-c statement_timeout=0'
        exec psql -X -q -v ON_ERROR_STOP=1 --no-password \\
          -c 'set default_statistics_target = 1' -c 'set vacuum_cost_delay = 0' -c analyze \\
          -c 'set default_statistics_target = 10' -c 'reset vacuum_cost_delay' -c analyze \\
          -c 'reset default_statistics_target' -c analyze
        """;

    public Restored run(Backup backup) {
        if (backup.sha256().isEmpty()) {
            // Nobody knows whether it is whole, so that is found out before anything is made of it.
            dumps().check(backup);
        }
        String database = client.login().database();
        dropAbandoned();
        FreeSpace.require(client.server(), backup, SPACE);
        Instant now = Instant.now();
        String name = RestoreName.at(now);
        String old = RestoreName.old(database, now);
        FreshDatabase fresh = new FreshDatabase(client, dumps(), name);
        try {
            fresh.make(backup, database);
            load(backup, name);
            swap(database, name, old);
        } catch (RuntimeException e) {
            new Afterwards(client.server().place()).run(fresh::drop, e);
            throw e;
        }
        List<String> remarks = new ArrayList<>(fresh.settle());
        analyze(database).ifPresent(remarks::add);
        return new Restored(database, old, remarks, () -> admin(PostgresClient.dropDatabase(old)));
    }

    /** The data is restored by now, and is right without them; returns what the user has to know. */
    private Optional<String> analyze(String database) {
        try {
            ExecResult result = dumps().sidecar(ANALYZE, database);
            return result.ok() ? Optional.empty() : Optional.of(withoutStatistics(Dumps.said(result)));
        } catch (ExecException | KubernetesClientException e) {
            return Optional.of(withoutStatistics(String.valueOf(e.getMessage())));
        }
    }

    private static String withoutStatistics(String why) {
        return "the planner may have no statistics of the data, so that queries are slow until analyze was run: " + why;
    }

    private Dumps dumps() {
        return Dumps.ofPostgres(client.server());
    }

    /** Drops what restores have left whose programs died. */
    private void dropAbandoned() {
        String unused = "select datname from pg_database d where not exists"
                + " (select from pg_stat_activity a where a.datname = d.datname)";
        Instant now = Instant.now();
        client.psqlIn("template1", unused)
                .lines()
                .filter(name -> RestoreName.abandoned(name, now))
                .forEach(name -> admin(PostgresClient.dropDatabase(name)));
    }

    private void load(Backup backup, String database) {
        ExecResult result =
                dumps().sidecar(LOAD, backup.file(), database, backup.sha256(), Long.toString(backup.bytes()));
        if (result.exitCode() == NOT_THE_DUMP) {
            throw Dumps.unusable(backup, Dumps.said(result));
        }
        if (!result.ok()) {
            throw FreshDatabase.refused(backup, Dumps.said(result));
        }
    }

    private void swap(String database, String fresh, String old) {
        try {
            admin(SWAP.formatted(
                    PostgresClient.quoted(database),
                    PostgresClient.quoted(fresh),
                    PostgresClient.quoted(old),
                    PostgresClient.literal(database)));
        } catch (RuntimeException e) {
            if (!afterwards(database, old, e)) {
                throw e;
            }
        }
    }

    /** A server that has died in the middle refuses connections to the database when it is back. Tells whether names have changed. */
    private boolean afterwards(String database, String old, RuntimeException failure) {
        try {
            return new Afterwards(client.server().place()).get(() -> {
                admin(ALONE + "alter database " + PostgresClient.quoted(database) + " allow_connections true");
                String found = "select 1 from pg_database where datname = " + PostgresClient.literal(old);
                return !client.psqlIn("template1", found).isEmpty();
            });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private void admin(String sql) {
        client.psqlIn("template1", sql);
    }
}
