package io.statefulkit.survival.control;

import io.statefulkit.embedded.Faults;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Deletes a pod by force while its server goes on, as on a node that the control plane has lost. The writers stay with the old server until
 * it has acknowledged some more rows; a new one has recovered the same directory by then.
 */
record SecondServer(Faults faults, ByAddress database, int rows) implements Disruption {

    /** The new server gives these transaction numbers to work that it rolls back, so that it holds the old server's rows for such. */
    private static final String SPEND_NUMBERS = "create table spent(x int); do $$ begin for i in 1..20000 loop begin"
            + " insert into spent values (1); raise exception 'no'; exception when raise_exception then null;"
            + " end; end loop; end $$";

    @Override
    public String name() {
        return "secondServer";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        PodState old = before.require(0);
        try (Connection onOld = database.server().getConnection();
                Faults.Hold hold = faults.hold(workload.namespace(), old.name())) {
            workload.deletePod(old.name(), old.uid(), true);
            workload.awaitSettled();
            try (Connection onNew = database.server().getConnection();
                    Statement spend = onNew.createStatement()) {
                spend.execute(SPEND_NUMBERS);
            }
            long from = nextNumber(onOld);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> nextNumber(onOld) >= from + rows);
            hold.release();
        } catch (SQLException e) {
            throw new IllegalStateException("the two servers could not be asked", e);
        }
    }

    /** Each row takes one number. */
    private static long nextNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select txid_snapshot_xmax(txid_current_snapshot())")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(0);
        return List.of(Evidence.changed(
                "uid of pod " + old.name(),
                old.uid(),
                seen.now(old).map(PodState::uid).orElse(old.uid())));
    }
}
