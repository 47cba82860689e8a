package io.statefulkit.handle.backup;

import io.statefulkit.handle.client.ArchiveProperties;

/**
 * What the dumps of an engine are like.
 *
 * @param suffix how the names of their files end
 * @param readBack a shell command that reads the file {@code $1} and fails when it is not whole
 * @param scratch a shell script that starts a server of its own in {@code /scratch}, loads the file {@code $BACKUP} into it
 *     and says {@code restored T tables R rows}
 */
record DumpKind(String suffix, String readBack, String scratch) {

    /** What each scratch script begins with: the file has to be the one that was dumped. */
    private static final String BEGIN = """
        set -eu
        cd /tmp
        [ -e "$BACKUP" ] || { echo "there is no such file" >&2; exit 4; }
        if [ -n "$SHA256" ] && [ "$(sha256sum <"$BACKUP" | cut -d' ' -f1)" != "$SHA256" ]; then
          echo "its hash has changed since it was made" >&2; exit 3
        fi
        """;

    /** The list of contents of a truncated dump looks fine, so all of it is read. */
    static final DumpKind POSTGRES =
            new DumpKind("dump", "pg_restore --file=/dev/null \"$1\"", BEGIN + ArchiveProperties.FUNCTION + """
        export PGDATA=/scratch/data PGHOST=/scratch PGUSER=statefulkit_scratch PGDATABASE=template1
        export PGOPTIONS='-c default_transaction_read_only=off'
        unset PGPASSWORD
        initdb --username="$PGUSER" --auth=trust --encoding=UTF8 --no-sync >/tmp/initdb.log 2>&1 || { cat /tmp/initdb.log >&2; exit 5; }
        pg_ctl -w -t 600 -l /tmp/server.log -o "-c listen_addresses= -c unix_socket_directories=/scratch -c fsync=off \\
          -c max_parallel_workers=0" \\
          start >/dev/null || { cat /tmp/server.log >&2; exit 5; }
        trap 'pg_ctl -w -m immediate stop >/dev/null 2>&1 || :' EXIT
        owner='--no-owner --no-privileges'
        if [ -e "$BACKUP.globals.sql" ]; then
          psql -X -q -f "$BACKUP.globals.sql" >/tmp/globals.log 2>&1 || :
          owner=
        fi
        dropdb postgres
        properties "$BACKUP" >/tmp/properties.sql || :
        psql -X -q -f /tmp/properties.sql >/tmp/properties.log 2>&1 || :
        name=$(psql -X -A -t -c "select datname from pg_database where datname not in ('template0', 'template1')")
        if [ -z "$name" ]; then
          name=restored
          createdb --template=template0 "$name"
        fi
        pg_restore $owner --exit-on-error --dbname="$name" "$BACKUP"
        psql -X -q -A -t -d "$name" >/tmp/counts <<'SQL'
        select format('select count(*) from %I.%I', schemaname, tablename) from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema') \\gexec
        SQL
        t=0; r=0
        while read -r n; do t=$((t+1)); r=$((r+n)); done </tmp/counts
        echo "restored $t tables $r rows"
        """);

    /** A dump that was cut between two statements loads without an error, so its last line has to be there. */
    private static final String WHOLE_SQL =
            "tail -n 1 \"$1\" | grep -q '^-- Dump completed' || { echo \"its end is" + " missing\" >&2; exit 6; }";

    static final DumpKind MYSQL = new DumpKind("sql", WHOLE_SQL, BEGIN + "set -- \"$BACKUP\"\n" + WHOLE_SQL + """

        s=$(command -v mariadbd || command -v mysqld || ls /usr/sbin/mariadbd /usr/sbin/mysqld 2>/dev/null | head -n 1)
        c=$(command -v mariadb || command -v mysql)
        init() {
          case $("$s" --no-defaults --version) in
            *MariaDB*) mariadb-install-db --no-defaults --datadir=/scratch/data --skip-name-resolve --skip-test-db \\
              --auth-root-authentication-method=normal ;;
            *) "$s" --no-defaults --datadir=/scratch/data --initialize-insecure ;;
          esac
        }
        sql() { "$c" --no-defaults --protocol=socket --socket=/scratch/s -u root --max-allowed-packet=1G \\
          --batch --skip-column-names --raw "$@"; }
        init >/tmp/init.log 2>&1 || { cat /tmp/init.log >&2; exit 5; }
        "$s" --no-defaults --datadir=/scratch/data --skip-networking --socket=/scratch/s --pid-file=/scratch/p \\
          --skip-log-bin --event-scheduler=OFF --max-allowed-packet=1G --innodb-flush-log-at-trx-commit=0 >/tmp/server.log 2>&1 &
        p=$!
        trap 'kill -9 $p 2>/dev/null || :' EXIT
        until sql -e 'select 1' >/dev/null 2>&1; do
          kill -0 "$p" 2>/dev/null || { cat /tmp/server.log >&2; exit 5; }
          sleep 0.1
        done
        sql -e 'create database restored'
        sql restored <"$BACKUP"
        sql -e "select concat('select count(*) from restored.\\`', replace(table_name, '\\`', '\\`\\`'), '\\`;')
          from information_schema.tables where table_schema = 'restored' and table_type not like '%VIEW'" >/tmp/count.sql
        t=0; r=0
        sql </tmp/count.sql >/tmp/counts
        while read -r n; do t=$((t+1)); r=$((r+n)); done </tmp/counts
        echo "restored $t tables $r rows"
        """);

    static final DumpKind REDIS = new DumpKind(
            "rdb",
            "\"$(command -v redis-check-rdb || command -v valkey-check-rdb)\" \"$1\" >/tmp/check 2>&1 || { cat"
                    + " /tmp/check >&2; exit 6; }",
            BEGIN + RedisRestore.LOAD + """
                load /scratch/data
                echo "restored $t tables $r rows"
                """);
}
