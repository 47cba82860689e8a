package io.statefulkit.samples.orders;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.disruption.Disruptions.scale;

import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;

// tag::test[]
@StatefulCluster
class OrdersSurviveIT {

    @Test
    void orders_survive(StatefulKit kit) {
        PostgresHandle orders = kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));

        assertThat(orders).survives(deletePod(), crashProcess(), rolloutRestart(), scale(1, 0, 1));
    }
}
// end::test[]
