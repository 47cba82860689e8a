package io.statefulkit.samples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server that is stopped and started with {@code pg_ctl}, as the owner of its data directory. */
final class ServerByHand {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path data;
    private final Duration probePeriod;
    private final int port;

    ServerByHand(Path data, Duration probePeriod) throws IOException {
        this.data = data;
        this.probePeriod = probePeriod;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    void start() throws Exception {
        expectSuccess(run(
                "pg_ctl",
                "-D",
                data.toString(),
                "-W",
                "-s",
                "-l",
                data + "/../by-hand.log",
                "-o",
                "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=''",
                "start"));
        while (run("pg_isready", "-q", "-h", "127.0.0.1", "-p", port + "") != 0) {
            Thread.sleep(probePeriod.toMillis());
        }
    }

    void stop() throws Exception {
        expectSuccess(run("pg_ctl", "-D", data.toString(), "-s", "-m", "fast", "stop"));
    }

    Object restart() throws Exception {
        stop();
        start();
        return data;
    }

    private static void expectSuccess(int exit) {
        if (exit != 0) {
            throw new IllegalStateException("pg_ctl ended with " + exit);
        }
    }

    private int run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of(
                    "setpriv",
                    "--reuid=" + Files.getAttribute(data, "unix:uid"),
                    "--regid=" + Files.getAttribute(data, "unix:gid"),
                    "--clear-groups"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
