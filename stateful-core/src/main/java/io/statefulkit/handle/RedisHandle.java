package io.statefulkit.handle;

import io.statefulkit.deploy.RandomText;
import io.statefulkit.spec.StatefulRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A Redis or Valkey server on a cluster. */
public final class RedisHandle implements DumpedHandle {

    private static final int PORT = 6379;
    private static final Duration COMMAND = Duration.ofMinutes(10);

    /**
     * The password comes as input: what the container knows may be the one before it was rotated. Answers of a server are no
     * errors of the client unless it is asked for that; servers before 7 cannot be asked.
     */
    private static final String CLIENT = """
        c=$(command -v redis-cli || command -v valkey-cli) || exit 127
        IFS= read -r REDISCLI_AUTH
        export REDISCLI_AUTH
        e=
        if "$c" --help 2>&1 | grep -q 'Return exit error code'; then e=-e; fi
        exec "$c" $e -h 127.0.0.1 -p 6379 "$@" </dev/null
        """;

    private final Place place;
    private final String container;

    private RedisHandle(Place place, String container) {
        this.place = place;
        this.container = container;
    }

    /**
     * Creates a handle of a workload that is there already.
     *
     * @param container the container of the server
     */
    public static RedisHandle of(Place place, String container) {
        return new RedisHandle(place, container);
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
        if (command.length == 0) {
            throw new IllegalArgumentException("command must not be empty");
        }
        List<String> argv = new ArrayList<>(List.of("sh", "-c", CLIENT, "statefulkit-redis"));
        argv.addAll(List.of(command));
        byte[] password = (password().orElse("") + "\n").getBytes(StandardCharsets.UTF_8);
        return new Shell(place)
                .run(ordinal, container, argv, password, COMMAND)
                .orThrow()
                .stdout()
                .stripTrailing();
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
        return new RedisAof(this).enable(place.spec(StatefulRedis.class));
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
        return new RedisRestore(this, Dumps.of(this)).run(backup);
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
        new RedisRestore(this, Dumps.of(this)).recover();
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
        return mountOf(redis("config", "get", "dir").lines().skip(1).findFirst().orElse("/data"));
    }

    /** Opens a local port to whatever server is ready; {@link #login()} has the password. */
    public Forward forward() {
        return forward(PORT);
    }

    /** Opens such a port whose new connections wait only so long for a pod that is ready, and end then. */
    public Forward forward(Duration whenNoPodIsReady) {
        return forward(PORT, whenNoPodIsReady);
    }

    /** Returns the URL for programs in the cluster, without password. */
    public String inClusterUrl() {
        return "redis://" + dns().service() + ":" + PORT;
    }

    /** Returns the user {@code default} and its password, read from the cluster. */
    public Login login() {
        String password = password()
                .orElseThrow(() -> new NoSuchElementException("expected a password in REDIS_PASSWORD or the file of"
                        + " REDIS_PASSWORD_FILE of container " + container + " of " + place.ref()
                        + ", but neither can be read"));
        return new Login("default", password, "0");
    }

    private Optional<String> password() {
        return new LiveWorkload(place).env(container).value("REDIS_PASSWORD");
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
                .env(container)
                .secretKey("REDIS_PASSWORD")
                .orElseThrow(() -> new IllegalStateException(
                        "the password of " + place.ref() + " does not come from a Secret: change it where it is"));
        String before = login().password();
        int replicas = status().replicas();
        String[] current = {before};
        new PasswordRotation(place, container, key, true)
                .run(
                        before,
                        password,
                        next -> {
                            for (int ordinal = 0; ordinal < replicas; ordinal++) {
                                requirePass(ordinal, current[0], next);
                            }
                            current[0] = next;
                        },
                        next -> logIn(new Login("default", next, "0")).ok());
    }

    /** Both passwords come as input, so that they are in no list of processes. */
    private void requirePass(int ordinal, String before, String next) {
        byte[] input = (before + "\n" + next).getBytes(StandardCharsets.UTF_8);
        String command = "{ IFS= read -r REDISCLI_AUTH; export REDISCLI_AUTH; c=$(command -v redis-cli || command -v"
                + " valkey-cli) || exit 127; r=$(\"$c\" -h 127.0.0.1 -x config set requirepass 2>&1); echo \"$r\" >&2;"
                + " [ \"$r\" = OK ]; }";
        new Shell(place)
                .run(ordinal, container, Exec.limited(input.length, command), input, COMMAND)
                .orThrow();
    }

    /**
     * Logs in by password, over the address of the pod, as another pod would.
     *
     * @throws LoginRefusedException when the server does not let us in
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
                .run(
                        login,
                        "REDISCLI_AUTH",
                        "c=$(command -v redis-cli || command -v valkey-cli) || exit 127; r=$(\"$c\" -h "
                                + PasswordLogin.HOST + " ping 2>&1); echo \"$r\" >&2; [ \"$r\" = PONG ]");
    }

    /** Returns the workload and its namespace. */
    @Override
    public String toString() {
        return "RedisHandle[" + place.ref() + "]";
    }
}
