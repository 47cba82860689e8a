package io.statefulkit.handle.connection;

import io.statefulkit.internal.NotApi;

/**
 * Lets a script that is silent for long write an empty line to its standard error now and then: what lies between a client and a
 * container ends connections over which nothing goes, proxies often after a minute, kubelets after four hours.
 */
@NotApi
public final class Heartbeat {

    private static final String SECONDS = "15";

    /**
     * What waits between two beats is not killed: a shell that has just made it may lose the signal, and whoever inherits it may not
     * bear that a process which it does not know ends by a signal. It holds none of the streams, and ends by itself.
     */
    private static final String AROUND = """
        while sleep %s </dev/null >/dev/null 2>&1; do echo >&2; done &
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

    static String around(String script, String seconds) {
        return AROUND.formatted(seconds, script);
    }
}
