package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.internal.NotApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** Runs SQL with the command line client in the container of a MySQL or MariaDB server, and knows how to log in. */
@NotApi
public record MySqlClient(Server server) {

    public static final int PORT = 3306;

    private static final Duration STATEMENT = Duration.ofMinutes(10);
    private static final String CLIENT =
            "c=$(command -v mariadb || command -v mysql) || exit 127; exec \"$c\" --no-defaults"
                    + " --protocol=tcp --default-character-set=utf8mb4 -u \"${MARIADB_USER:-$MYSQL_USER}\" --batch"
                    + " --skip-column-names ";
    private static final String DATABASE = " \"${MARIADB_DATABASE:-$MYSQL_DATABASE}\"";

    /** User, host, database or account are not let in; the numbers are the same in all languages. */
    private static final Pattern REFUSED =
            Pattern.compile("ERROR (1044|1045|1130|1251|1275|1698|1820|1862|3118|4151) ");

    /** Runs statements in the pod of that ordinal as the user of the workload. */
    public String sql(int ordinal, String statements) {
        return sql(ordinal, value("PASSWORD"), statements);
    }

    /** The password comes as input: what the container knows may be the one before it was rotated. */
    private String sql(int ordinal, String password, String statements) {
        byte[] input = (password + "\n" + statements + "\n").getBytes(StandardCharsets.UTF_8);
        String command = "{ IFS= read -r MYSQL_PWD; export MYSQL_PWD; " + CLIENT + "-h 127.0.0.1" + DATABASE + "; }";
        return server.run(ordinal, Exec.limited(input.length, command), input, STATEMENT)
                .orThrow()
                .stdout()
                .stripTrailing();
    }

    /** Returns the administrator of the server that runs now; the next one may have another socket. */
    public MySqlRoot root() {
        return new MySqlRoot(server, value("ROOT_PASSWORD"), sql(0, "select @@socket"));
    }

    /** Returns JDBC over a forward. */
    public JdbcForward jdbc(Forward forward) {
        return new JdbcForward(forward, url("127.0.0.1:" + forward.port()), this::login);
    }

    /** MySQL hands out the key for the password only to clients that ask for it, unless the connection is encrypted. */
    public String url(String address) {
        String scheme = mariaDb() ? "jdbc:mariadb://" : "jdbc:mysql://";
        return scheme + address + "/" + value("DATABASE") + (mariaDb() ? "" : "?allowPublicKeyRetrieval=true");
    }

    private boolean mariaDb() {
        return server.container().equals("mariadb");
    }

    /** Returns user, password and database, read from the cluster. */
    public Login login() {
        return new Login(value("USER"), value("PASSWORD"), value("DATABASE"));
    }

    private String value(String name) {
        ContainerEnv env = new LiveWorkload(server.place()).env(server.container());
        return env.value("MARIADB_" + name)
                .or(() -> env.value("MYSQL_" + name))
                .orElseThrow(
                        () -> new NoSuchElementException("expected a variable MYSQL_" + name + " or MARIADB_" + name
                                + ", or the file that it names, of container " + server.container() + " of "
                                + server.place().ref()
                                + ", but neither can be read"));
    }

    /** Changes the password of the user in one server. */
    public void setPassword(int ordinal, String before, String next) {
        String literal = "'" + next.replace("\\", "\\\\").replace("'", "''") + "'";
        sql(ordinal, before, "set password = " + (mariaDb() ? "password(" + literal + ")" : literal) + ";");
    }

    /**
     * Logs in by password.
     *
     * @throws LoginRefusedException when the server does not let us in
     */
    public void checkLogin() {
        passwordLogin().check(login());
    }

    /**
     * Tells whether this login succeeds.
     *
     * @throws ExecException when the server has not judged it
     */
    public boolean opens(Login login) {
        return passwordLogin().opens(login);
    }

    static boolean refused(ExecResult result) {
        return REFUSED.matcher(result.stderr()).find();
    }

    private PasswordLogin passwordLogin() {
        return new PasswordLogin(
                server,
                "MYSQL_PWD",
                CLIENT + "-h " + PasswordLogin.HOST + " -e 'select 1'" + DATABASE,
                MySqlClient::refused);
    }
}
