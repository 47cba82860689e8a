package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.internal.NotApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The administrator of a MySQL or MariaDB server, in its container, through its socket: the user of the workload has rights
 * in its own database only.
 *
 * @param socket the socket of the server
 */
@NotApi
public record MySqlRoot(Server server, String password, String socket) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String LOGIN =
            "--no-defaults --protocol=socket --socket=\"$SOCKET\" -u root --default-character-set=utf8mb4";
    private static final String CLIENT = "c=$(command -v mariadb || command -v mysql) || exit 127; exec \"$c\" " + LOGIN
            + " --batch --skip-column-names --raw";
    private static final String DUMP = "d=$(command -v mariadb-dump || command -v mysqldump) || exit 127; exec \"$d\" "
            + LOGIN
            + " --no-data --no-tablespaces --skip-lock-tables $(\"$d\" --no-defaults --help | grep -q set-gtid-purged"
            + " && echo --set-gtid-purged=OFF)";

    /** Runs statements in no database. */
    public String sql(String statements) {
        return run(CLIENT, statements + ";\n", List.of()).stripTrailing();
    }

    private String run(String command, String input, List<String> arguments) {
        byte[] bytes = (password + "\n" + socket + "\n" + input).getBytes(StandardCharsets.UTF_8);
        String line = "{ IFS= read -r MYSQL_PWD; IFS= read -r SOCKET; export MYSQL_PWD; " + command + "; }";
        List<String> limited = new ArrayList<>(Exec.limited(bytes.length, line));
        limited.add("statefulkit-root");
        limited.addAll(arguments);
        return server.run(0, limited, bytes, PATIENCE).orThrow().stdout();
    }

    /** Returns the statements that make the views, triggers, routines and events of a database. */
    public String dumpCode(String database, List<String> views) {
        String code = run(DUMP + " --no-create-info --routines --events --triggers \"$@\"", "", List.of(database));
        if (views.isEmpty()) {
            return code;
        }
        // By name: otherwise the tables would come along.
        List<String> arguments = new ArrayList<>(List.of(database));
        arguments.addAll(views);
        return code + "\n" + run(DUMP + " --skip-triggers \"$@\"", "", arguments);
    }
}
