package io.statefulkit.handle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.NoSuchElementException;

/** A PostgreSQL server on a cluster. */
public final class PostgresHandle implements Handle {

    private static final int PORT = 5432;
    private static final Duration STATEMENT = Duration.ofMinutes(10);

    private final Place place;
    private final String container;

    private PostgresHandle(Place place, String container) {
        this.place = place;
        this.container = container;
    }

    /** Creates a handle of a workload that is there already; {@code container} is the one of the server. */
    public static PostgresHandle of(Place place, String container) {
        return new PostgresHandle(place, container);
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String container() {
        return container;
    }

    /**
     * Runs statements with the command line client in the container of the server, through its socket, as its superuser; stops at the first
     * error.
     *
     * @return what the statements return: one line a row, columns separated by {@code |}, no headings
     * @throws ExecException when a statement fails
     */
    public String psql(String sql) {
        return psql(0, sql);
    }

    /** Runs SQL like {@link #psql(String)} in the pod of that ordinal. */
    public String psql(int ordinal, String sql) {
        byte[] input = (sql + "\n").getBytes(StandardCharsets.UTF_8);
        String command = "psql -X -q -A -t -v ON_ERROR_STOP=1 -U \"${POSTGRES_USER:-postgres}\""
                + " -d \"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\" -f -";
        return new Shell(place)
                .run(ordinal, container, Exec.limited(input.length, command), input, STATEMENT)
                .orThrow()
                .stdout()
                .stripTrailing();
    }

    /** Opens a local port to the server and JDBC over it; close it when you are done. */
    public JdbcForward forwardJdbc() {
        Forward forward = forward(PORT);
        String url = "jdbc:postgresql://127.0.0.1:" + forward.port() + "/" + database();
        return new JdbcForward(forward, url, this::login);
    }

    /** Returns the JDBC URL for programs in the cluster, without user and password. */
    public String inClusterUrl() {
        return "jdbc:postgresql://" + name() + "." + namespace() + ".svc:" + PORT + "/" + database();
    }

    /** Returns the same as {@link #inClusterUrl()}. */
    public String jdbcUrl() {
        return inClusterUrl();
    }

    /** Returns the user, password and database, read from the cluster. */
    public Login login() {
        ContainerEnv env = new LiveWorkload(place).env(container);
        String user = env.value("POSTGRES_USER").orElse("postgres");
        String password = env.value("POSTGRES_PASSWORD")
                .orElseThrow(() -> new NoSuchElementException("expected a password in POSTGRES_PASSWORD or the file of"
                        + " POSTGRES_PASSWORD_FILE of container " + container + " of " + place.ref()
                        + ", but neither can be read"));
        return new Login(user, password, env.value("POSTGRES_DB").orElse(user));
    }

    private String database() {
        ContainerEnv env = new LiveWorkload(place).env(container);
        return env.value("POSTGRES_DB").or(() -> env.value("POSTGRES_USER")).orElse("postgres");
    }

    /**
     * Logs in by password: over the address of the pod, as a client would, or where the image has no {@code psql}, by JDBC
     * over a forward if there is a driver.
     *
     * @throws LoginRefusedException when the server does not let us in, as when its volume was initialised with another
     *     password
     */
    public void checkLogin() {
        new PostgresLogin(this).check(login());
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "PostgresHandle[" + place.ref() + "]";
    }
}
