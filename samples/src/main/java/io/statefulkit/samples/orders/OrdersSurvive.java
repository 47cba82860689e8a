package io.statefulkit.samples.orders;

import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.disruption.Disruptions.scale;

import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.ConsoleProgress;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.verdict.Verdict;
import java.io.PrintStream;
import java.sql.SQLException;

/**
 * Deploys a database on an embedded cluster, places a thousand orders, and lets happen to its pod what happens to every pod
 * sooner or later, while writers go on writing.
 *
 * <p>The exit code is 0 only if every acknowledged row is still there.
 */
public final class OrdersSurvive {

    private static final int ORDERS = 1_000;

    private final PrintStream out;

    private OrdersSurvive(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the story.
     *
     * @param args {@code --keep} leaves the cluster running at the end, until the process is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int exit = new OrdersSurvive(System.out).run(args.length > 0 && args[0].equals("--keep"));
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private int run(boolean keep) throws InterruptedException {
        out.println("starting an embedded cluster");
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            out.println("  kubeconfig " + cluster.kubeconfig());
            out.println("  while it runs, try: kubectl --kubeconfig " + cluster.kubeconfig() + " get pods,sts,pvc");
            int exit = tell(cluster);
            if (keep) {
                out.println("the cluster stays until you interrupt this (Ctrl-C)");
                Thread.currentThread().join();
            }
            return exit;
        } catch (SQLException | RuntimeException e) {
            out.println("FAILED: " + e.getMessage());
            return 2;
        }
    }

    private int tell(EmbeddedCluster cluster) throws SQLException {
        // tag::deploy[]
        PostgresHandle database = StatefulKit.on(cluster.client())
                .inNamespace("default")
                .withProgress(ConsoleProgress.on(out))
                .deploy(StatefulPostgres.named("orders")
                        .withImage("postgres:15-bookworm")
                        .withDatabase("shop")
                        .withVolumeClaimTemplate("1Gi"));
        // end::deploy[]
        try (JdbcForward forward = database.forwardJdbc()) {
            Orders orders = new Orders(forward.dataSource());
            orders.open();
            orders.place(ORDERS);
            out.println(ORDERS + " orders placed, each in a transaction of its own, over " + forward.url());
            // tag::survive[]
            SurvivalResult result = Survival.of(database)
                    .killingWith(cluster.faults()::kill)
                    .reportingTo(line -> out.println("  " + line))
                    .through(deletePod(), crashProcess(), rolloutRestart(), scale(1, 0, 1));
            // end::survive[]
            return verdict(result, orders.missing(ORDERS));
        }
    }

    private int verdict(SurvivalResult result, int missing) {
        out.println();
        out.println(result.describe());
        out.println();
        out.println(
                missing == 0
                        ? "all " + ORDERS + " orders are there"
                        : missing + " of " + ORDERS + " orders that were acknowledged are gone");
        return result.verdict() == Verdict.SURVIVED && missing == 0 ? 0 : 1;
    }
}
