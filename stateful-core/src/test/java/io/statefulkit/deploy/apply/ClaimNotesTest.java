package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClaimNotesTest {

    private static final StatefulPostgres SPEC =
            StatefulPostgres.named("orders").withImage("postgres:17.6-bookworm").withVolumeClaimTemplate("1Gi");

    @Test
    void whoever_may_deploy_but_not_list_claims_and_secrets_has_deployed_all_the_same() {
        try (RefusingCluster cluster = new RefusingCluster(path -> 403)) {
            new ClaimNotes(cluster.client(), "shop").write(SPEC);

            assertThat(cluster.asked())
                    .containsExactly(
                            "/api/v1/namespaces/shop/persistentvolumeclaims", "/api/v1/namespaces/shop/secrets");
        }
    }

    @Test
    void other_refusals_are_told() {
        try (RefusingCluster cluster = new RefusingCluster(path -> 400)) {
            ClaimNotes notes = new ClaimNotes(cluster.client(), "shop");

            assertThatThrownBy(() -> notes.write(SPEC)).isInstanceOf(KubernetesClientException.class);
        }
    }
}
