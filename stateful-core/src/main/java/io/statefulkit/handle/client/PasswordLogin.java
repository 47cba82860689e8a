package io.statefulkit.handle.client;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.connection.Shell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Logs in by password with the client in the container of a server, over the address of its pod, as another pod would:
 * over 127.0.0.1 many images let everybody in. The password comes as input, so that it is in no list of processes and in no
 * log of the API server.
 *
 * @param server the server
 * @param variable the variable in which the client expects the password
 * @param command logs in; a shell command, with {@link #HOST} for the address
 * @param refused tells whether a failure of the client is an answer of the server about us
 */
record PasswordLogin(Server server, String variable, String command, Predicate<ExecResult> refused) {

    /** The exit code when the image has no such client. */
    static final int NOT_FOUND = 127;

    /** Where the address of the pod belongs in a command. */
    static final String HOST = "@HOST@";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Tries this login.
     *
     * @throws LoginRefusedException when the server does not let us in
     */
    void check(Login login) {
        check(login, run(login));
    }

    /**
     * Tells whether this login succeeds.
     *
     * @throws ExecException when the server has not judged it
     */
    boolean opens(Login login) {
        return opens(run(login));
    }

    /**
     * Judges a login that {@link #run} tried. An image without a client says nothing about the password.
     *
     * @throws LoginRefusedException when the server did not let us in
     * @throws ExecException when it failed for another reason, which says nothing about the password either
     */
    void check(Login login, ExecResult result) {
        if (result.exitCode() != NOT_FOUND && !opens(result)) {
            throw new LoginRefusedException(server.place().ref(), login, result.stderr(), new ExecException(result));
        }
    }

    /**
     * Tells whether a login that {@link #run} tried has succeeded.
     *
     * @throws ExecException when the server has not judged it: it is away, stops, or has no connection left
     */
    boolean opens(ExecResult result) {
        if (!result.ok() && !refused.test(result)) {
            throw new ExecException(result);
        }
        return result.ok();
    }

    /** Tries to log in. */
    ExecResult run(Login login) {
        Pod pod = new Shell(server.place()).pod(0);
        byte[] password = (login.password() + "\n").getBytes(StandardCharsets.UTF_8);
        String line = "{ IFS= read -r " + variable + "; export " + variable + "; "
                + command.replace(HOST, Shell.address(pod)) + "; }";
        return new Exec(server.place().client(), server.place().namespace())
                .run(Pods.name(pod), server.container(), Exec.limited(password.length, line), password, PATIENCE);
    }
}
