package io.statefulkit.samples.guide;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;

/** Code of the page about the first steps. */
final class GettingStartedPage {

    private GettingStartedPage() {}

    static void start() {
        // tag::start[]
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            PostgresHandle db = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withVolumeClaimTemplate("1Gi"));
            System.out.println(db.psql("select version()"));
        }
        // end::start[]
    }
}
