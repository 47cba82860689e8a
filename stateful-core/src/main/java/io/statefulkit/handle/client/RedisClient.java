package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.internal.NotApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends commands with the command line client in the container of a Redis or Valkey server, and knows how to log in. */
@NotApi
public record RedisClient(Server server) {

    public static final int PORT = 6379;

    /** Finds the program, under either of its names. */
    public static final String FIND = "c=$(command -v redis-cli || command -v valkey-cli) || exit 127\n";

    private static final Duration COMMAND = Duration.ofMinutes(10);

    /**
     * The password comes as input: what the container knows may be the one before it was rotated. Answers of a server are no
     * errors of the client unless it is asked for that; servers before 7 cannot be asked.
     */
    private static final String CLIENT = FIND + """
        IFS= read -r REDISCLI_AUTH
        export REDISCLI_AUTH
        e=
        if "$c" --help 2>&1 | grep -q 'Return exit error code'; then e=-e; fi
        exec "$c" $e -h 127.0.0.1 -p 6379 "$@" </dev/null
        """;

    /**
     * Servers before 6 have words of their own, and clients of then do not repeat them: they say that they were refused, and go on without
     * a login, which a server without a password allows.
     */
    private static final Pattern REFUSED = Pattern.compile("WRONGPASS|NOAUTH|NOPERM|invalid password"
            + "|without any password configured|Client sent AUTH, but no password is set|AUTH failed\\s+PONG");

    /**
     * Sends a command to the server of the pod of that ordinal.
     *
     * @throws IllegalArgumentException when there is none
     */
    public String redis(int ordinal, String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("command must not be empty");
        }
        List<String> argv = new ArrayList<>(List.of("sh", "-c", CLIENT, "statefulkit-redis"));
        argv.addAll(List.of(command));
        byte[] password = (password().orElse("") + "\n").getBytes(StandardCharsets.UTF_8);
        return server.run(ordinal, argv, password, COMMAND).orThrow().stdout().stripTrailing();
    }

    /** Returns a setting of the first server; empty when it knows none of that name. */
    public String setting(String name) {
        return redis(0, "config", "get", name).lines().skip(1).findFirst().orElse("");
    }

    /** Returns the directory of its files. */
    public String directory() {
        String directory = setting("dir");
        return directory.isEmpty() ? "/data" : directory;
    }

    /** Returns the user {@code default} and its password, read from the cluster. */
    public Login login() {
        String password = password()
                .orElseThrow(() -> new NoSuchElementException("expected a password in REDIS_PASSWORD or the file of"
                        + " REDIS_PASSWORD_FILE of container " + server.container() + " of "
                        + server.place().ref() + ", but neither can be read"));
        return new Login("default", password, "0");
    }

    private Optional<String> password() {
        return new LiveWorkload(server.place()).env(server.container()).value("REDIS_PASSWORD");
    }

    /** Changes the password of one server. Both passwords come as input, so that they are in no list of processes. */
    public void requirePass(int ordinal, String before, String next) {
        byte[] input = (before + "\n" + next).getBytes(StandardCharsets.UTF_8);
        String command = "{ IFS= read -r REDISCLI_AUTH; export REDISCLI_AUTH; " + FIND
                + "r=$(\"$c\" -h 127.0.0.1 -x config set requirepass 2>&1); echo \"$r\" >&2; [ \"$r\" = OK ]; }";
        server.run(ordinal, Exec.limited(input.length, command), input, COMMAND).orThrow();
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
                "REDISCLI_AUTH",
                FIND + "r=$(\"$c\" -h " + PasswordLogin.HOST + " ping 2>&1); echo \"$r\" >&2; [ \"$r\" = PONG ]",
                RedisClient::refused);
    }
}
