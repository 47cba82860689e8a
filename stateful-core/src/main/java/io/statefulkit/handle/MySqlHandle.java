package io.statefulkit.handle;

import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.MySqlRestore;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.change.EachServer;
import io.statefulkit.handle.change.PasswordRotation;
import io.statefulkit.handle.client.MySqlClient;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.internal.RandomText;
import java.time.Duration;
import java.util.NoSuchElementException;

/** A MySQL or MariaDB server on a cluster. */
public final class MySqlHandle implements DumpedHandle {

    private final Place place;
    private final MySqlClient client;

    private MySqlHandle(Server server) {
        this.place = server.place();
        this.client = new MySqlClient(server);
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static MySqlHandle of(Place place, String container) {
        return new MySqlHandle(new Server(place, container));
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public String container() {
        return client.server().container();
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
        return client.sql(ordinal, statements);
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
        return new MySqlRestore(client, client.root()).run(backup);
    }

    /**
     * Opens a local port to the server and JDBC over it; close it when you are done. Needs the driver of MariaDB or MySQL
     * on the class path, as the URL says.
     */
    public JdbcForward forwardJdbc() {
        return client.jdbc(forward(MySqlClient.PORT));
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready, and end then. */
    public JdbcForward forwardJdbc(Duration whenNoPodIsReady) {
        return client.jdbc(forward(MySqlClient.PORT, whenNoPodIsReady));
    }

    /** Returns the JDBC URL for programs in the cluster, without user and password. */
    public String inClusterUrl() {
        return client.url(dns().service() + ":" + MySqlClient.PORT);
    }

    /** Returns the same as {@link #inClusterUrl()}. */
    public String jdbcUrl() {
        return inClusterUrl();
    }

    /** Returns user, password and database, read from the cluster. */
    public Login login() {
        return client.login();
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
        ContainerEnv env = new LiveWorkload(place).env(container());
        ContainerEnv.SecretKey key = env.secretKey("MARIADB_PASSWORD")
                .or(() -> env.secretKey("MYSQL_PASSWORD"))
                .orElseThrow(() -> new IllegalStateException(
                        "the password of " + place.ref() + " does not come from a Secret: change it where it is"));
        Login login = login();
        new PasswordRotation(place, container(), key, false)
                .run(
                        login.password(),
                        password,
                        new EachServer(new LiveWorkload(place).ordinals(), login.password(), client::setPassword),
                        next -> client.opens(new Login(login.user(), next, login.database())));
    }

    /**
     * Logs in by password, over the address of the pod, as another pod would.
     *
     * @throws LoginRefusedException when the server does not let us in, as when its volume was initialised with another
     *     password
     * @throws ExecException when the server has not judged the login, as when it stops or has no connection left
     */
    public void checkLogin() {
        client.checkLogin();
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "MySqlHandle[" + place.ref() + "]";
    }
}
