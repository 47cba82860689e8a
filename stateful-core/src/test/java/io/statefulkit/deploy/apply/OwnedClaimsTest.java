package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnedClaimsTest {

    private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims/";

    private static PersistentVolumeClaim claim(String name, String owner) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName("orders")
                .withUid(owner)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    @Test
    void a_claim_that_somebody_has_deleted_meanwhile_does_not_keep_the_others_owned() {
        try (RefusingCluster cluster = new RefusingCluster(path -> path.endsWith("data-orders-0") ? 404 : 200)) {
            new OwnedClaims(cluster.client(), "shop", "set")
                    .disown(List.of(
                            claim("data-orders-0", "set"),
                            claim("data-others-0", "others"),
                            claim("data-orders-1", "set")));

            assertThat(cluster.asked()).containsExactly(CLAIMS + "data-orders-0", CLAIMS + "data-orders-1");
        }
    }

    /** It would go with its set. */
    @Test
    void a_claim_that_stays_owned_is_told() {
        try (RefusingCluster cluster = new RefusingCluster(path -> 403)) {
            OwnedClaims owned = new OwnedClaims(cluster.client(), "shop", "set");

            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> owned.disown(List.of(claim("data-orders-0", "set"))));
        }
    }
}
