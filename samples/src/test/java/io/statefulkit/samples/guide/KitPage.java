package io.statefulkit.samples.guide;

import static io.statefulkit.junit.Disrupt.CRASH_PROCESS;
import static io.statefulkit.junit.Disrupt.DELETE_POD;
import static io.statefulkit.junit.Disrupt.ROLLOUT_RESTART;
import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.Sabotage.Kind.CHANGE_ROW;
import static io.statefulkit.survival.Sabotage.Kind.LOSE_ROW;
import static io.statefulkit.survival.disruption.Disruptions.crashNode;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.disruption.Disruptions.scale;
import static io.statefulkit.survival.disruption.Trigger.afterAcks;
import static io.statefulkit.survival.disruption.Trigger.inFlight;

import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.junit.DisruptionCell;
import io.statefulkit.junit.DisruptionTest;
import io.statefulkit.junit.SelfCheck;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Target;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import java.time.Duration;
import java.util.List;

/** Code of the pages about testing and disruptions. */
record KitPage(PostgresHandle db) {

    // tag::matrix[]
    @DisruptionTest({DELETE_POD, CRASH_PROCESS, ROLLOUT_RESTART})
    void orders_survive(DisruptionCell cell) {
        assertThat(db).with(cell).survives(cell.disruption());
    }
    // end::matrix[]

    // tag::self-check[]
    @SelfCheck({LOSE_ROW, CHANGE_ROW})
    void the_suite_finds_faults(Disruption sabotage) {
        assertThat(db).survives(sabotage);
    }
    // end::self-check[]

    void run(EmbeddedCluster cluster) {
        // tag::survive[]
        // in a test
        assertThat(db).survives(deletePod(), crashProcess().times(3), scale(1, 0, 1));
        // anywhere
        Survival.of(db).with(new EmbeddedPowers(cluster.faults())).through(crashNode());
        // end::survive[]
    }

    static List<Disruption> composed() {
        return List.of(
                // tag::composed[]
                // each after new traffic, with evidence of its own
                crashProcess().times(5),
                deletePod().then(crashNode()),
                // told by what writers do, not by a clock
                crashProcess().when(afterAcks(500).and(inFlight(4))),
                // else the run is inconclusive
                rolloutRestart().recoveringWithin(Duration.ofSeconds(90)),
                // every pod at once
                deletePod().on(Target.all())
                // end::composed[]
                );
    }
}
