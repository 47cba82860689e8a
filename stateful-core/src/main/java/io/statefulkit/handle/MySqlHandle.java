package io.statefulkit.handle;

import io.statefulkit.deploy.RandomText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.NoSuchElementException;

/** A MySQL or MariaDB server on a cluster. */
public final class MySqlHandle implements DumpedHandle {

    private static final int PORT = 3306;
    private static final Duration STATEMENT = Duration.ofMinutes(10);
    private static final String CLIENT =
            "c=$(command -v mariadb || command -v mysql) || exit 127; exec \"$c\" --no-defaults"
                    + " --protocol=tcp -u \"${MARIADB_USER:-$MYSQL_USER}\" --batch --skip-column-names ";
    private static final String DATABASE = " \"${MARIADB_DATABASE:-$MYSQL_DATABASE}\"";
    private final Place place;
    private final String container;

    private MySqlHandle(Place place, String container) {
        this.place = place;
        this.container = container;
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static MySqlHandle of(Place place, String container) {
        return new MySqlHandle(place, container);
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
     * Runs statements as the user of the workload with the command line client in the container of the server of pod 0;
     * stops at the first error.
     *
     * @return what the statements return: one line a row, columns separated by tabs, no headings
     * @throws ExecException when a statement fails
     */
    public String sql(String statements) {
        return sql(0, statements);
    }

    /** Runs statements like {@link #sql(String)} in the pod of that ordinal. */
    public String sql(int ordinal, String statements) {
        return sql(ordinal, value("PASSWORD"), statements);
    }

    /** The password comes as input: what the container knows may be the one before it was rotated. */
    private String sql(int ordinal, String password, String statements) {
        byte[] input = (password + "\n" + statements + "\n").getBytes(StandardCharsets.UTF_8);
        String command = "{ IFS= read -r MYSQL_PWD; export MYSQL_PWD; " + CLIENT + "-h 127.0.0.1" + DATABASE + "; }";
        return new Shell(place)
                .run(ordinal, container, Exec.limited(input.length, command), input, STATEMENT)
                .orThrow()
                .stdout()
                .stripTrailing();
    }

    /**
     * Returns the claim that the data directory of the server really is on.
     *
     * @throws IllegalStateException when it is on none, so that the next restart loses everything
     */
    public MountInfo dataMount() {
        return mountOf(sql("select @@datadir"));
    }

    /**
     * Restores a dump beside the database; then the tables of both change places in one statement, and clients stay
     * connected. Where there are views, triggers, routines or events, writes are refused for the moment that it takes to make
     * them again. The tables before stay in another database until {@link Restored#dropOld()}. Only the administrator of the
     * server can do this, whose password has to be known ({@code MYSQL_ROOT_PASSWORD} or {@code MARIADB_ROOT_PASSWORD}, or the
     * file that they name).
     *
     * @throws BackupException when the dump cannot be restored; the database is as it was
     * @throws NoSuchElementException when the password of the administrator is not known
     */
    @Override
    public Restored restore(Backup backup) {
        return new MySqlRestore(this, Dumps.of(this), root()).run(backup);
    }

    /** Returns the administrator of the server that runs now; the next one may have another socket. */
    MySqlRoot root() {
        return new MySqlRoot(place, container, value("ROOT_PASSWORD"), sql("select @@socket"));
    }

    /**
     * Opens a local port to the server and JDBC over it; close it when you are done. Needs the driver of MariaDB or MySQL
     * on the class path, as the URL says.
     */
    public JdbcForward forwardJdbc() {
        return jdbc(forward(PORT));
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready, and end then. */
    public JdbcForward forwardJdbc(Duration whenNoPodIsReady) {
        return jdbc(forward(PORT, whenNoPodIsReady));
    }

    private JdbcForward jdbc(Forward forward) {
        return new JdbcForward(forward, url("127.0.0.1:" + forward.port()), this::login);
    }

    /** Returns the JDBC URL for programs in the cluster, without user and password. */
    public String inClusterUrl() {
        return url(dns().service() + ":" + PORT);
    }

    /** Returns the same as {@link #inClusterUrl()}. */
    public String jdbcUrl() {
        return inClusterUrl();
    }

    /** MySQL hands out the key for the password only to clients that ask for it, unless the connection is encrypted. */
    private String url(String address) {
        String scheme = mariaDb() ? "jdbc:mariadb://" : "jdbc:mysql://";
        return scheme + address + "/" + value("DATABASE") + (mariaDb() ? "" : "?allowPublicKeyRetrieval=true");
    }

    private boolean mariaDb() {
        return container.equals("mariadb");
    }

    /** Returns user, password and database, read from the cluster. */
    public Login login() {
        return new Login(value("USER"), value("PASSWORD"), value("DATABASE"));
    }

    private String value(String name) {
        ContainerEnv env = new LiveWorkload(place).env(container);
        return env.value("MARIADB_" + name)
                .or(() -> env.value("MYSQL_" + name))
                .orElseThrow(
                        () -> new NoSuchElementException("expected a variable MYSQL_" + name + " or MARIADB_" + name
                                + ", or the file that it names, of container " + container + " of " + place.ref()
                                + ", but neither can be read"));
    }

    /** Gives the user of the workload another password, a random one, like {@link #rotatePassword(String)}. */
    public void rotatePassword() {
        rotatePassword(RandomText.password());
    }

    /**
     * Changes the password of the user of the workload, in the servers and in the Secret, and checks that the new one opens
     * them over the network and the old one does not. If anything fails, the old password is put back.
     *
     * @param password any characters but control characters
     * @throws IllegalStateException when the password does not come from a Secret, or a check fails
     */
    public void rotatePassword(String password) {
        ContainerEnv env = new LiveWorkload(place).env(container);
        ContainerEnv.SecretKey key = env.secretKey("MARIADB_PASSWORD")
                .or(() -> env.secretKey("MYSQL_PASSWORD"))
                .orElseThrow(() -> new IllegalStateException(
                        "the password of " + place.ref() + " does not come from a Secret: change it where it is"));
        Login login = login();
        int replicas = status().replicas();
        String[] current = {login.password()};
        new PasswordRotation(place, container, key, false)
                .run(
                        login.password(),
                        password,
                        next -> {
                            for (int ordinal = 0; ordinal < replicas; ordinal++) {
                                sql(ordinal, current[0], setPassword(next));
                            }
                            current[0] = next;
                        },
                        next -> logIn(new Login(login.user(), next, login.database()))
                                .ok());
    }

    private String setPassword(String next) {
        String literal = "'" + next.replace("\\", "\\\\").replace("'", "''") + "'";
        return "set password = " + (mariaDb() ? "password(" + literal + ")" : literal) + ";";
    }

    /**
     * Logs in by password, over the address of the pod, as another pod would.
     *
     * @throws LoginRefusedException when the server does not let us in, as when its volume was initialised with another
     *     password
     */
    public void checkLogin() {
        Login login = login();
        ExecResult result = logIn(login);
        if (!result.ok() && result.exitCode() != PasswordLogin.NOT_FOUND) {
            throw new LoginRefusedException(place.ref(), login, result.stderr(), new ExecException(result));
        }
    }

    private ExecResult logIn(Login login) {
        return new PasswordLogin(place, container)
                .run(login, "MYSQL_PWD", CLIENT + "-h " + PasswordLogin.HOST + " -e 'select 1'" + DATABASE);
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "MySqlHandle[" + place.ref() + "]";
    }
}
