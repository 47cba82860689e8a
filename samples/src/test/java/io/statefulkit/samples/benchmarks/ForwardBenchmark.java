package io.statefulkit.samples.benchmarks;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.spec.StatefulPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simple query through forwardJdbc, against the address of the pod, and through kubectl port-forward. */
final class ForwardBenchmark implements Benchmark {

    private static final int CONNECTIONS = 4;
    private static final int WARM_UP = 500;
    private static final int QUERIES = 3_000;
    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+)");

    /** Queries in a second, and the time that 99 of 100 take at most. */
    private record Speed(double perSecond, double p99) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s, p99 %.2f ms", perSecond, p99);
        }
    }

    @Override
    public String name() {
        return "forward";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            PostgresHandle database = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withVolumeClaimTemplate("1Gi"));
            Login login = database.login();
            String address = database.status().pods().get(0).ip() + ":5432";
            Speed direct = measure(address, login);
            Speed forwarded;
            try (JdbcForward forward = database.forwardJdbc()) {
                forwarded = measure("127.0.0.1:" + forward.port(), login);
            }
            Speed tunnelled;
            System.setProperty("statefulkit.forward", "api");
            try (JdbcForward forward = database.forwardJdbc()) {
                tunnelled = measure("127.0.0.1:" + forward.port(), login);
            } finally {
                System.clearProperty("statefulkit.forward");
            }
            Speed kubectl = throughKubectl(cluster, login);
            return List.of(
                    new Figure(
                            "queries through forwardJdbc, " + CONNECTIONS + " connections",
                            forwarded.toString(),
                            kubectl + " (kubectl port-forward)",
                            forwarded.perSecond() / kubectl.perSecond(),
                            Limit.atLeast(1.5)),
                    new Figure(
                            "the same when each byte goes through the API server (statefulkit.forward=api)",
                            tunnelled.toString(),
                            kubectl + " (kubectl port-forward)",
                            tunnelled.perSecond() / kubectl.perSecond(),
                            Limit.atLeast(1)),
                    new Figure(
                            "the same against a direct connection",
                            forwarded.toString(),
                            direct + " (direct)",
                            forwarded.perSecond() / direct.perSecond(),
                            Limit.atMost(1)));
        }
    }

    private static Speed throughKubectl(EmbeddedCluster cluster, Login login) throws Exception {
        Process process = new ProcessBuilder(
                        "kubectl",
                        "--kubeconfig",
                        cluster.kubeconfig().toString(),
                        "-n",
                        "default",
                        "port-forward",
                        "pod/orders-0",
                        ":5432")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Matcher port = FORWARDING.matcher(String.valueOf(lines.readLine()));
            if (!port.find()) {
                throw new IllegalStateException("kubectl does not forward");
            }
            return measure("127.0.0.1:" + port.group(1), login);
        } finally {
            process.destroy();
        }
    }

    private static Speed measure(String address, Login login) throws Exception {
        String url = "jdbc:postgresql://" + address + "/" + login.database();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<long[]>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> queries(url, login)));
            }
            long[] all = new long[CONNECTIONS * QUERIES];
            long slowest = 0;
            for (int i = 0; i < CONNECTIONS; i++) {
                long[] times = running.get(i).get();
                System.arraycopy(times, 0, all, i * QUERIES, QUERIES);
                slowest = Math.max(slowest, Arrays.stream(times).sum());
            }
            Arrays.sort(all);
            if (slowest > System.nanoTime() - start) {
                throw new IllegalStateException("the clock ran backwards");
            }
            return new Speed(all.length / (slowest / 1e9), all[all.length * 99 / 100] / 1e6);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] queries(String url, Login login) throws Exception {
        long[] times = new long[QUERIES];
        try (Connection connection = DriverManager.getConnection(url, login.user(), login.password());
                PreparedStatement query = connection.prepareStatement("select 1")) {
            for (int i = -WARM_UP; i < QUERIES; i++) {
                long start = System.nanoTime();
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                }
                if (i >= 0) {
                    times[i] = System.nanoTime() - start;
                }
            }
        }
        return times;
    }
}
