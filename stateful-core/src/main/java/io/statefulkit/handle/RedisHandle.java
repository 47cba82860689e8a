package io.statefulkit.handle;

import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.RedisRestore;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.change.EachServer;
import io.statefulkit.handle.change.PasswordRotation;
import io.statefulkit.handle.change.RedisAof;
import io.statefulkit.handle.client.RedisClient;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.Forward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Hibernation;
import io.statefulkit.handle.pod.Rollout;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.internal.RandomText;
import io.statefulkit.spec.StatefulRedis;
import java.time.Duration;

/** A Redis or Valkey server on a cluster. */
public final class RedisHandle implements DumpedHandle {

    private final Place place;
    private final RedisClient client;

    private RedisHandle(Server server) {
        this.place = server.place();
        this.client = new RedisClient(server);
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static RedisHandle of(Place place, String container) {
        return new RedisHandle(new Server(place, container));
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
     * Sends a command to the server of pod 0, for example {@code redis("set", "key", "value")}.
     *
     * @return the answer as the command line client prints it: one line a value
     * @throws ExecException when the server answers with an error (servers before 7: the error is the answer), or cannot be
     *     reached
     */
    public String redis(String... command) {
        return redis(0, command);
    }

    /** Sends a command like {@link #redis(String...)} to the server of the pod of that ordinal. */
    public String redis(int ordinal, String... command) {
        return client.redis(ordinal, command);
    }

    /**
     * Turns the append-only file on without losing what is there. A restart with {@code appendonly yes} over a volume that
     * has only snapshots starts empty and then overwrites the snapshot (rule RD01); so the live server writes the file
     * first, and only then the configuration is changed and the pods are restarted.
     *
     * @return the handle of what is deployed now
     * @throws IllegalStateException when it is not known what the workload was deployed from, or when there are other keys
     *     afterwards
     */
    public RedisHandle enableAof() {
        return of(new RedisAof(client).enable(place.spec(StatefulRedis.class)), container());
    }

    /**
     * Puts a dump in the place of the keys of the server. The dump is restored into a server of its own first; then the
     * server stops, new files are made from the dump beside the old ones and take their place, append-only file included, and
     * the server starts again. The files before stay on the volume until {@link Restored#dropOld()}.
     *
     * @throws BackupException when the dump cannot be restored; the keys are as they were
     * @throws UnsupportedOperationException when there are several replicas, which have keys of their own each
     */
    @Override
    public Restored restore(Backup backup) {
        return new RedisRestore(client).run(backup);
    }

    /**
     * Starts the workload again, like {@link Handle#wake()}. When a restore has stopped it and the program that did it is gone,
     * the restore is completed first, or taken back if no file has been changed yet.
     *
     * @throws ExecException when that fails; the server stays stopped
     */
    @Override
    @CheckReturnValue
    public Rollout wake() {
        Hibernation hibernation = new Hibernation(place);
        if (hibernation.restoring().isEmpty()) {
            return hibernation.wake();
        }
        new RedisRestore(client).recover();
        return hibernation.wakeRestored();
    }

    @Override
    public void beforeSnapshot() {
        redis("save");
    }

    /**
     * Returns the claim that the data directory of the server really is on.
     *
     * @throws IllegalStateException when it is on none, so that the next restart loses everything
     */
    public MountInfo dataMount() {
        return mountOf(client.directory());
    }

    /** Opens a local port to whatever server is ready; {@link #login()} has the password. */
    public Forward forward() {
        return forward(RedisClient.PORT);
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready, and end then. */
    public Forward forward(Duration whenNoPodIsReady) {
        return forward(RedisClient.PORT, whenNoPodIsReady);
    }

    /** Returns the URL for programs in the cluster, without password. */
    public String inClusterUrl() {
        return "redis://" + dns().service() + ":" + RedisClient.PORT;
    }

    /** Returns the user {@code default} and its password, read from the cluster. */
    public Login login() {
        return client.login();
    }

    /** Gives the server another password, a random one, like {@link #rotatePassword(String)}. */
    public void rotatePassword() {
        rotatePassword(RandomText.password());
    }

    /**
     * Changes the password, in the servers and in the Secret, and checks that the new one opens them over the network and
     * the old one does not; then the pods are restarted, since their probes have the old one. If anything fails, the old
     * password is put back.
     *
     * @param password any characters but control characters
     * @throws IllegalStateException when the password does not come from a Secret, or a check fails
     */
    public void rotatePassword(String password) {
        ContainerEnv.SecretKey key = new LiveWorkload(place)
                .env(container())
                .secretKey("REDIS_PASSWORD")
                .orElseThrow(() -> new IllegalStateException(
                        "the password of " + place.ref() + " does not come from a Secret: change it where it is"));
        String before = login().password();
        new PasswordRotation(place, container(), key, true)
                .run(
                        before,
                        password,
                        new EachServer(new LiveWorkload(place).ordinals(), before, client::requirePass),
                        next -> client.opens(new Login("default", next, "0")));
    }

    /**
     * Logs in by password, over the address of the pod, as another pod would.
     *
     * @throws LoginRefusedException when the server does not let us in
     * @throws ExecException when the server has not judged the login, as when it stops or has no connection left
     */
    public void checkLogin() {
        client.checkLogin();
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "RedisHandle[" + place.ref() + "]";
    }
}
