package io.statefulkit.manifest.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What the clients of an engine do, as shell scripts.
 *
 * @param backup makes dumps
 * @param await waits for the server
 * @param sql runs the file {@code $STATEFULKIT_SQL} in one transaction; empty if the engine has no SQL
 */
record ClientKit(String backup, String await, String sql) {

    private static final String MYSQL_OPTIONS =
            "--no-defaults -h \"$MYSQL_HOST\" --protocol=tcp -u \"$MYSQL_CLIENT_USER\"";

    /** The client of MariaDB takes Latin-1 for granted where a container says nothing of languages. */
    static final String MYSQL_TEXT = "--default-character-set=utf8mb4";

    /** Lets {@code "$@"} be the client, with all that it needs to reach the database. */
    static final String MYSQL_CLIENT = "c=$(command -v mariadb || command -v mysql); set -- \"$c\" " + MYSQL_OPTIONS
            + " " + MYSQL_TEXT + " \"$MYSQL_CLIENT_DATABASE\"\n";

    static final ClientKit POSTGRES = new ClientKit(
            backup("postgres"),
            "until pg_isready -q; do sleep 1; done",
            "export PGCLIENTENCODING=UTF8; exec psql -X -v ON_ERROR_STOP=1 --single-transaction -f \"$STATEFULKIT_SQL\"");

    static final ClientKit MYSQL = new ClientKit(
            backup("mysql"),
            "a=$(command -v mariadb-admin || command -v mysqladmin); until \"$a\" " + MYSQL_OPTIONS
                    + " --connect-timeout=3 ping >/dev/null 2>&1; do sleep 1; done",
            // the last statement may end without a semicolon
            "c=$(command -v mariadb || command -v mysql); { echo 'start transaction;'; cat \"$STATEFULKIT_SQL\"; echo;"
                    + " echo ';'; echo 'commit;'; } | \"$c\" "
                    + MYSQL_OPTIONS + " " + MYSQL_TEXT + " \"$MYSQL_CLIENT_DATABASE\"");

    static final ClientKit REDIS = new ClientKit(
            backup("redis"),
            "c=$(command -v redis-cli || command -v valkey-cli); until [ \"$(\"$c\" -h \"$REDIS_HOST\" ping"
                    + " 2>/dev/null)\" = PONG ]; do sleep 1; done",
            "");

    private static String backup(String engine) {
        return "# Made by StatefulKit.\n" + resource("backup-" + engine + ".sh") + resource("backup-loop.sh");
    }

    private static String resource(String name) {
        try (InputStream in = ClientKit.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + ClientKit.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
