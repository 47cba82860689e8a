package io.statefulkit.handle.backup;

import io.statefulkit.handle.client.MySqlClient;
import io.statefulkit.handle.client.MySqlRoot;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.internal.NotApi;
import io.statefulkit.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Restores a dump beside a MySQL or MariaDB database and lets the tables of the two change places, in one statement, so that
 * clients need not even be disconnected. Views, triggers, routines and events cannot move: they are written down and made
 * again, and writes are refused meanwhile.
 */
@NotApi
public record MySqlRestore(MySqlClient client, MySqlRoot root) {

    private static final String USER = "statefulkit_restore";

    private static final String LOAD = """
        cd "$BACKUP_DIR" || exit 1
        IFS= read -r MYSQL_PWD
        export MYSQL_PWD
        c=$(command -v mariadb || command -v mysql) || exit 127
        exec "$c" --no-defaults -h "$MYSQL_HOST" --protocol=tcp --max-allowed-packet=1G -u "$3" "$2" <"$1"
        """;

    private static final String SPACE = "df -Pk /var/lib/mysql | tail -n 1; echo \"$1\"";

    public Restored run(Backup backup) {
        String database = client.login().database();
        dropAbandoned();
        FreeSpace.require(client.server(), backup, SPACE, size(database));
        dumps().check(backup);
        Instant now = Instant.now();
        String fresh = RestoreName.at(now);
        String old = RestoreName.old(database, now);
        try {
            create(fresh, database);
            load(backup, fresh);
            swap(database, fresh, old);
        } catch (RuntimeException e) {
            // The user may do everything, so it must not stay.
            new Afterwards(client.server().place())
                    .run(
                            () -> {
                                MySqlRestore there = withServerOfNow();
                                there.cleanUp(fresh);
                                there.dropIfEmpty(old);
                            },
                            e);
            throw e;
        }
        withServerOfNow().cleanUp(fresh);
        return new Restored(database, old, () -> client.root().sql("drop database " + named(old)));
    }

    private Dumps dumps() {
        return Dumps.ofMySql(client.server());
    }

    /** Drops what restores have left whose programs died; their user goes when the next one is made. */
    private void dropAbandoned() {
        String unused = "select schema_name from information_schema.schemata where schema_name not in"
                + " (select db from information_schema.processlist where db is not null)";
        Instant now = Instant.now();
        root.sql(unused)
                .lines()
                .filter(name -> RestoreName.abandoned(name, now))
                .forEach(name -> root.sql("drop database if exists " + named(name)));
    }

    private String size(String database) {
        return root.sql("select cast(coalesce(sum(data_length + index_length), 0) as unsigned) from"
                + " information_schema.tables where table_schema = " + text(database));
    }

    private MySqlRestore withServerOfNow() {
        return new MySqlRestore(client, client.root());
    }

    private void cleanUp(String fresh) {
        root.sql("drop user if exists " + USER + "; drop database if exists " + named(fresh));
    }

    private void dropIfEmpty(String old) {
        if (names("tables", old).isEmpty()) {
            root.sql("drop database if exists " + named(old));
        }
    }

    private void create(String name, String like) {
        String charset = root.sql("select concat('character set ', default_character_set_name, ' collate ',"
                + " default_collation_name) from information_schema.schemata where schema_name = " + text(like));
        root.sql("create database " + named(name) + " " + charset);
    }

    /** What a dump contains may belong to anybody, so a user is made for this that may do everything. */
    private void load(Backup backup, String database) {
        String password = RandomText.password();
        root.sql("drop user if exists " + USER + "; create user " + USER + " identified by " + text(password)
                + "; grant all on *.* to " + USER);
        byte[] input = (password + "\n").getBytes(StandardCharsets.UTF_8);
        ExecResult result = dumps().sidecar(LOAD, input, backup.file(), database, USER);
        if (!result.ok()) {
            throw Dumps.cannot(backup, Dumps.said(result));
        }
    }

    /** What cannot move, and the setting that keeps others from writing while it is away. */
    private record Code(String before, String after, String readOnly) {}

    private void swap(String database, String fresh, String old) {
        create(old, database);
        List<String> drops =
                Stream.concat(code(database).stream(), code(fresh).stream()).toList();
        Stream<String> moves = Stream.concat(moves(database, old), moves(fresh, database));
        String rename = moves.collect(Collectors.joining(", "));
        String move = rename.isEmpty() ? "" : "rename table " + rename;
        if (drops.isEmpty()) {
            root.sql(move);
            return;
        }
        boolean tables = !names("tables", fresh).isEmpty();
        Code code = new Code(
                root.dumpCode(database, names("views", database)),
                // Views whose owner has no rights in this database are written down with its name.
                root.dumpCode(fresh, names("views", fresh)).replace(named(fresh) + ".", ""),
                root.sql("select @@global.read_only"));
        try {
            // One script, which the server ends even if this program dies.
            root.sql("set global read_only = 1;\n" + String.join(";\n", drops) + ";\n" + move + ";\n"
                    + made(database, code.after()) + made(old, code.before()) + "set global read_only = "
                    + code.readOnly());
        } catch (RuntimeException e) {
            boolean moved = new Afterwards(client.server().place())
                    .get(() -> withServerOfNow().tidy(database, fresh, old, tables, code));
            if (!moved) {
                throw e;
            }
        }
    }

    private static String made(String database, String code) {
        return "use " + named(database) + ";\n" + code + "\n";
    }

    /** Makes what is missing, on whichever side of the move it has ended; tells whether the tables have changed places. */
    private boolean tidy(String database, String fresh, String old, boolean tables, Code code) {
        boolean moved = tables
                ? names("tables", fresh).isEmpty()
                : !names("tables", old).isEmpty();
        List<String> there =
                Stream.concat(code(database).stream(), code(old).stream()).toList();
        root.sql(String.join(";\n", there) + (there.isEmpty() ? "" : ";\n")
                + (moved ? made(database, code.after()) + made(old, code.before()) : made(database, code.before()))
                + "set global read_only = " + code.readOnly());
        return moved;
    }

    private Stream<String> moves(String from, String to) {
        return names("tables", from).stream()
                .map(table -> named(from) + "." + named(table) + " to " + named(to) + "." + named(table));
    }

    /** Returns the statements that drop what cannot move to another database. */
    private List<String> code(String database) {
        return Stream.of("view", "trigger", "procedure", "function", "event")
                .flatMap(kind -> names(kind + "s", database).stream()
                        .map(name -> "drop " + kind + " " + named(database) + "." + named(name)))
                .toList();
    }

    private List<String> names(String what, String database) {
        String query = switch (what) {
            case "tables" ->
                "table_name from information_schema.tables where table_type not like '%VIEW' and table_schema";
            case "views" -> "table_name from information_schema.tables where table_type = 'VIEW' and table_schema";
            case "triggers" -> "trigger_name from information_schema.triggers where trigger_schema";
            case "procedures" ->
                "routine_name from information_schema.routines where routine_type = 'PROCEDURE' and"
                        + " routine_schema";
            case "functions" ->
                "routine_name from information_schema.routines where routine_type = 'FUNCTION' and" + " routine_schema";
            default -> "event_name from information_schema.events where event_schema";
        };
        return root.sql("select " + query + " = " + text(database)).lines().toList();
    }

    static String named(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
