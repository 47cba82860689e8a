package io.statefulkit.samples.benchmarks;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.JdbcStore;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.LedgerOptions;
import io.statefulkit.survival.ledger.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows that a ledger gets acknowledged in a second when nothing holds it back, against pgbench with the same statement, connections and way. */
final class LedgerBenchmark implements Benchmark {

    private static final int CONNECTIONS = 8;
    private static final int PAYLOAD = 1_024;
    private static final int ROUNDS = 3;
    private static final int SECONDS = Integer.getInteger("statefulkit.benchmark.seconds", 8);
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final String SCRIPT = """
        \\set seq random(1, 2000000000)
        BEGIN;
        INSERT INTO %s (run, writer, seq, payload) VALUES (:run, :client_id, :seq, :payload);
        COMMIT;
        """;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Figure> run() throws Exception {
        Path directory = Files.createTempDirectory("statefulkit-ledger");
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            PostgresHandle database = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withVolumeClaimTemplate("1Gi"));
            try (JdbcForward forward = database.forwardJdbc()) {
                List<Double> ratios = new ArrayList<>();
                double[] ours = new double[ROUNDS];
                double[] theirs = new double[ROUNDS];
                for (int i = -1; i < ROUNDS; i++) {
                    double ledger = ledger(forward, directory, "round" + (i + 1));
                    double pgbench = pgbench(forward, directory, "pgbench" + (i + 1));
                    if (i >= 0) {
                        ours[i] = ledger;
                        theirs[i] = pgbench;
                        ratios.add(ledger / pgbench);
                    }
                }
                return List.of(new Figure(
                        "acknowledged rows of a ledger over " + CONNECTIONS + " connections",
                        String.format(Locale.ROOT, "%.0f/s", Samples.median(ours)),
                        String.format(Locale.ROOT, "%.0f/s (pgbench)", Samples.median(theirs)),
                        Samples.median(
                                ratios.stream().mapToDouble(Double::doubleValue).toArray()),
                        Limit.atLeast(0.7)));
            }
        }
    }

    private static double ledger(JdbcForward forward, Path directory, String run) throws Exception {
        Store store = JdbcStore.postgres(forward.dataSource(), run);
        store.prepare();
        LedgerOptions options = new LedgerOptions(CONNECTIONS, 100_000, PAYLOAD, PAYLOAD, 0, Duration.ofSeconds(5), 1);
        try (Journal journal = Journal.to(directory.resolve(run + ".jsonl"));
                Ledger ledger = Ledger.start(store, run, journal, options)) {
            TimeUnit.SECONDS.sleep(1);
            long start = System.nanoTime();
            int before = journal.acknowledged();
            TimeUnit.SECONDS.sleep(SECONDS);
            double rate = (journal.acknowledged() - before) / ((System.nanoTime() - start) / 1e9);
            ledger.stop();
            return rate;
        } finally {
            store.drop();
        }
    }

    private static double pgbench(JdbcForward forward, Path directory, String run) throws Exception {
        Store store = JdbcStore.postgres(forward.dataSource(), run);
        store.prepare();
        try {
            Path script = Files.writeString(directory.resolve(run + ".sql"), SCRIPT.formatted(store.name()));
            Login login = forward.login();
            ProcessBuilder builder = new ProcessBuilder(
                            "pgbench",
                            "-n",
                            "-M",
                            "prepared",
                            "-c",
                            "" + CONNECTIONS,
                            "-j",
                            "2",
                            "-T",
                            "" + SECONDS,
                            "-D",
                            "run=" + run,
                            "-D",
                            "payload=" + "x".repeat(PAYLOAD),
                            "-f",
                            script.toString(),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            "" + forward.port(),
                            "-U",
                            login.user(),
                            login.database())
                    .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", login.password());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher tps = TPS.matcher(output);
            if (process.waitFor() != 0 || !tps.find()) {
                throw new IllegalStateException("pgbench: " + output);
            }
            return Double.parseDouble(tps.group(1));
        } finally {
            store.drop();
        }
    }
}
