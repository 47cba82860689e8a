package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.Exec;
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

/** Runs SQL with the command line client in the container of a PostgreSQL server, and knows how to log in. */
@NotApi
public record PostgresClient(Server server) {

    public static final int PORT = 5432;

    private static final Duration STATEMENT = Duration.ofMinutes(10);

    /** Runs SQL in the database of the workload, in the pod of that ordinal. */
    public String psql(int ordinal, String sql) {
        return psql(ordinal, "\"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\"", sql);
    }

    /** Runs SQL in another database of the first pod. */
    public String psqlIn(String database, String sql) {
        return psql(0, database, sql);
    }

    /** Changes the password of a user in the server of the pod of that ordinal. */
    public void setPassword(int ordinal, String user, String next) {
        psql(
                ordinal,
                "template1",
                "set standard_conforming_strings = on; alter role " + quoted(user) + " password " + literal(next));
    }

    private String psql(int ordinal, String database, String sql) {
        byte[] input = (sql + "\n").getBytes(StandardCharsets.UTF_8);
        String command =
                "PGCLIENTENCODING=UTF8 psql -X -q -A -t -v ON_ERROR_STOP=1 -U \"${POSTGRES_USER:-postgres}\" -d "
                        + database + " -f -";
        return server.run(ordinal, Exec.limited(input.length, command), input, STATEMENT)
                .orThrow()
                .stdout()
                .stripTrailing();
    }

    /** Returns the user, password and database, read from the cluster. */
    public Login login() {
        ContainerEnv env = new LiveWorkload(server.place()).env(server.container());
        String user = env.value("POSTGRES_USER").orElse("postgres");
        String password = env.value("POSTGRES_PASSWORD")
                .orElseThrow(() -> new NoSuchElementException("expected a password in POSTGRES_PASSWORD or the file of"
                        + " POSTGRES_PASSWORD_FILE of container " + server.container() + " of "
                        + server.place().ref() + ", but neither can be read"));
        return new Login(user, password, env.value("POSTGRES_DB").orElse(user));
    }

    /** Returns the database of the workload. */
    public String database() {
        ContainerEnv env = new LiveWorkload(server.place()).env(server.container());
        return env.value("POSTGRES_DB").or(() -> env.value("POSTGRES_USER")).orElse("postgres");
    }

    /** Returns JDBC over a forward. */
    public JdbcForward jdbc(Forward forward) {
        String url = "jdbc:postgresql://127.0.0.1:" + forward.port() + "/" + database();
        return new JdbcForward(forward, url, this::login);
    }

    /**
     * Logs in by password.
     *
     * @return whether the database has been seen to refuse writes because of an upgrade
     * @throws LoginRefusedException when the server does not let us in
     */
    public boolean checkLogin() {
        return new PostgresLogin(this).check(login());
    }

    /** Tells whether this login succeeds. */
    public boolean opens(Login login) {
        return new PostgresLogin(this).opens(login);
    }

    /** Returns the statements that drop a database, also one that others are made from. */
    public static String dropDatabase(String name) {
        return """
            do $statefulkit$ begin
              if exists (select from pg_database where datistemplate and datname = %1$s) then
                execute format('alter database %%I is_template false', %1$s);
              end if;
            end $statefulkit$;
            drop database if exists %2$s""".formatted(literal(name), quoted(name));
    }

    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
