package io.statefulkit.handle;

import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.PostgresRestore;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.change.EachServer;
import io.statefulkit.handle.change.PasswordRotation;
import io.statefulkit.handle.change.UpgradeException;
import io.statefulkit.handle.change.Upgrading;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.job.Cron;
import io.statefulkit.handle.job.ImportResult;
import io.statefulkit.handle.job.JobFailedException;
import io.statefulkit.handle.job.JobResult;
import io.statefulkit.handle.job.PostgresImport;
import io.statefulkit.handle.job.SqlJobs;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.internal.RandomText;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import java.time.Duration;

/** A PostgreSQL server on a cluster. */
public final class PostgresHandle implements DumpedHandle {

    private final Place place;
    private final PostgresClient client;

    private PostgresHandle(Server server) {
        this.place = server.place();
        this.client = new PostgresClient(server);
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static PostgresHandle of(Place place, String container) {
        return new PostgresHandle(new Server(place, container));
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
        return client.psql(ordinal, sql);
    }

    @Override
    public void beforeSnapshot() {
        psql("checkpoint");
    }

    /**
     * Returns the claim that the data directory of the server really is on.
     *
     * @throws IllegalStateException when it is on none, so that the next restart loses everything
     */
    public MountInfo dataMount() {
        return mountOf(psql("show data_directory"));
    }

    /**
     * Copies rows into a table, exactly once however often it is called, and whatever its connection suffers: the same
     * transaction leaves a mark with the hash of the rows. There may be any number of rows.
     *
     * @throws ExecException when it fails; no row has been copied then, unless the connection ended first: call it again
     */
    public ImportResult runImport(CsvImport rows) {
        return new PostgresImport(client.server()).run(rows);
    }

    /**
     * Lets SQL run on a schedule; one of that name is changed, also when {@link Cron#reschedule} has changed it before. One
     * that is suspended stays so.
     *
     * @throws IllegalStateException when it is not known what the workload was deployed from
     */
    public Cron schedule(SqlCron cron) {
        return new SqlJobs(place).schedule(place.spec(StatefulPostgres.class), cron);
    }

    /**
     * Runs SQL once, in one transaction, as a job of the cluster: it goes on when this program ends. The same SQL under the
     * same name is not run twice while its job is there, an hour after its end; further calls return what it did.
     *
     * @throws JobFailedException when it fails; nothing of it is done then
     * @throws IllegalStateException when it is not known what the workload was deployed from
     */
    public JobResult runSql(SqlJob job) {
        return new SqlJobs(place).run(place.spec(StatefulPostgres.class), job);
    }

    /**
     * Moves the server to another image, of a later major version or made from another Linux: a server of that image is
     * started beside it on a new volume, roles and all databases are copied while the old one refuses writes, and then the
     * two volumes change places. The old volume is kept ({@link Upgraded#oldVolume()}); a failure before the change leaves
     * everything as it was. Needs permission for volumes, and as much space as the databases have.
     *
     * @param image the new image
     * @throws UpgradeException when it fails; its message says in which state everything is
     * @throws IllegalStateException when it is not known what the workload was deployed from, or it has several replicas
     */
    public Upgraded upgrade(String image) {
        Upgrading.Moved moved = new Upgrading(client).to(image);
        return new Upgraded(of(moved.place(), container()), moved.oldVolume(), moved.newVolume(), moved.remarks());
    }

    /**
     * Lets the databases take writes again when the program died that was about to upgrade them, and removes what it has left;
     * {@code deploy}, {@link #restore} and {@link #upgrade} do so by themselves.
     *
     * @return whether there was something to undo
     * @throws UpgradeException when the other program lives; nothing is changed then
     */
    public boolean undoInterruptedUpgrade() {
        return new Upgrading(client).undoInterrupted();
    }

    /** Gives the user of the workload another password, a random one, like {@link #rotatePassword(String)}. */
    public void rotatePassword() {
        rotatePassword(RandomText.password());
    }

    /**
     * Changes the password of the user of the workload, in the servers and in the Secret, and checks that the new one opens
     * them over the network and the old one does not. Containers that have the password in a variable, as the backup has, are
     * restarted with the pod. If anything fails, the old password is put back.
     *
     * @param password any characters but control characters
     * @throws IllegalStateException when the password does not come from a Secret, or a check fails
     */
    public void rotatePassword(String password) {
        ContainerEnv env = new LiveWorkload(place).env(container());
        ContainerEnv.SecretKey key = env.secretKey("POSTGRES_PASSWORD")
                .orElseThrow(() -> new IllegalStateException("the password of " + place.ref()
                        + " does not come from a Secret: change it where it is, with ALTER ROLE and in the spec"));
        Login login = login();
        new PasswordRotation(place, container(), key, false)
                .run(
                        login.password(),
                        password,
                        new EachServer(
                                new LiveWorkload(place).ordinals(),
                                login.password(),
                                (ordinal, current, next) -> client.setPassword(ordinal, login.user(), next)),
                        next -> client.opens(new Login(login.user(), next, login.database())));
    }

    /**
     * Restores a dump beside the database and then swaps the two; until then clients work on, and are disconnected only for
     * the swap. The database before it stays until {@link Restored#dropOld()}.
     *
     * <p>What belongs to the database itself is what it was when the dump was made: its owner, encoding and collation, settings
     * ({@code alter database .. set}), rights. Roles that the dump needs and that are missing are made again, without their
     * passwords. {@link Restored#remarks()} tells what could not be brought back.
     *
     * @throws BackupException when the dump cannot be restored; the database is as it was
     * @throws UpgradeException when a program upgrades the server at the same time
     */
    @Override
    public Restored restore(Backup backup) {
        undoInterruptedUpgrade();
        return new PostgresRestore(client).run(backup);
    }

    /** Opens a local port to the server and JDBC over it; close it when you are done. */
    public JdbcForward forwardJdbc() {
        return client.jdbc(forward(PostgresClient.PORT));
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready, and end then. */
    public JdbcForward forwardJdbc(Duration whenNoPodIsReady) {
        return client.jdbc(forward(PostgresClient.PORT, whenNoPodIsReady));
    }

    /** Returns the JDBC URL for programs in the cluster, without user and password. */
    public String inClusterUrl() {
        return "jdbc:postgresql://" + name() + "." + namespace() + ".svc:" + PostgresClient.PORT + "/"
                + client.database();
    }

    /** Returns the same as {@link #inClusterUrl()}. */
    public String jdbcUrl() {
        return inClusterUrl();
    }

    /** Returns the user, password and database, read from the cluster. */
    public Login login() {
        return client.login();
    }

    /**
     * Logs in by password: over the address of the pod, as a client would, or where the image has no {@code psql}, by JDBC
     * over a forward if there is a driver. What an upgrade has left whose program died is undone if it is seen.
     *
     * @throws LoginRefusedException when the server does not let us in, as when its volume was initialised with another
     *     password
     * @throws ExecException when the server has not judged the login, as when it stops or has no connection left
     */
    public void checkLogin() {
        if (client.checkLogin()) {
            new Upgrading(client).undoIfInterrupted();
        }
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "PostgresHandle[" + place.ref() + "]";
    }
}
