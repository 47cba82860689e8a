package io.statefulkit.handle.connection;

import io.statefulkit.internal.NotApi;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a script that is silent for long write an empty line to its standard error now and then: what lies between a client and a
 * container ends connections over which nothing goes, proxies often after a minute, kubelets after four hours.
 */
@NotApi
public final class Heartbeat {

    private static final String SECONDS = "15";

    /** Where the script is in {@code sh -c SCRIPT}. */
    private static final int SCRIPT = 2;

    /**
     * What waits between two beats is not killed: a shell that has just made it may lose the signal, and whoever inherits it may not
     * bear that a process which it does not know ends by a signal. It holds none of the streams, and ends by itself. For the same
     * reason what beats ends well when nobody reads any more, should the shell be gone by then.
     */
    private static final String AROUND = """
        { trap '' PIPE; while sleep %s </dev/null >/dev/null 2>&1; do echo >&2 || exit 0; done; } &
        beat=$!
        (
        %s
        )
        code=$?
        kill "$beat" 2>/dev/null
        wait "$beat" 2>/dev/null
        exit $code
        """;

    private Heartbeat() {}

    /** Returns a script that does the same, with the same arguments, input, output and exit code. */
    public static String around(String script) {
        return around(script, SECONDS);
    }

    /** Returns the same of a command that is a shell with a script, such as those of {@link Exec#limited}. */
    public static List<String> around(List<String> shell) {
        List<String> command = new ArrayList<>(shell);
        command.set(SCRIPT, around(shell.get(SCRIPT)));
        return List.copyOf(command);
    }

    static String around(String script, String seconds) {
        return AROUND.formatted(seconds, script);
    }
}
