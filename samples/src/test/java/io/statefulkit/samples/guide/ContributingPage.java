package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;

/** The test that CONTRIBUTING shows. */
final class ContributingPage {

    // tag::test[]
    @Test
    void a_deleted_pod_comes_back_with_its_rows(StatefulKit kit) {
        PostgresHandle db = kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        db.psql("create table t(id int); insert into t values (1)");

        Replacement replaced = db.deletePod(0).awaitReplacement();

        assertThat(replaced.newUid()).isNotEqualTo(replaced.oldUid());
        assertThat(db.psql("select count(*) from t")).isEqualTo("1");
    }
    // end::test[]
}
