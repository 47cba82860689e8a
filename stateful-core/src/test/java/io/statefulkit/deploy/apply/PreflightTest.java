package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PreflightTest {

    private static final StatefulPostgres SPEC = StatefulPostgres.named("orders")
            .inNamespace("shop")
            .withNamespaceCreated()
            .withImage("postgres:17.6-bookworm")
            .withVolumeClaimTemplate("1Gi");

    @Test
    void a_claim_of_an_earlier_deployment_is_looked_for_at_the_first_ordinal() {
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::onlyClassesAreHidden)) {
            Plan plan = Plan.of(SPEC.withOrdinalsFrom(5));

            new Preflight(cluster.client(), "shop", plan.resources(), false).check();

            assertThat(cluster.asked()).contains("/api/v1/namespaces/shop/persistentvolumeclaims/data-orders-5");
        }
    }

    private static int onlyClassesAreHidden(String path) {
        return path.endsWith("/storageclasses") ? 403 : 404;
    }
}
