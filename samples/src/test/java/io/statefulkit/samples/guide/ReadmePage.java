package io.statefulkit.samples.guide;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.spec.StatefulPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/** Code of the README. */
final class ReadmePage {

    private ReadmePage() {}

    static void operate(KubernetesClient client) throws SQLException {
        // tag::operate[]
        PostgresHandle db = StatefulKit.on(client)
                .inNamespace("shop")
                .deploy(StatefulPostgres.named("orders")
                        .withImage("postgres:17.6-bookworm")
                        .withVolumeClaimTemplate("10Gi"));

        db.deletePod(0).awaitReplacement(); // same name, new uid, same volume
        db.rolloutRestart().await();
        try (JdbcForward forward = db.forwardJdbc();
                Connection connection = forward.dataSource().getConnection()) {
            connection.createStatement().execute("create table orders (id int primary key)");
        }
        // end::operate[]
    }
}
