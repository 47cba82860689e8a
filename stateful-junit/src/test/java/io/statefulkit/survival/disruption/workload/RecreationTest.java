package io.statefulkit.survival.disruption.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.testing.ApiStub;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that deletes at once. */
@Timeout(120)
class RecreationTest {

    private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";

    private final StatefulSet set = new StatefulSetBuilder()
            .withNewMetadata()
            .withName("orders")
            .withNamespace("shop")
            .endMetadata()
            .build();
    private final ApiStub api = ApiStub.start();
    private final Recreation recreation =
            new Recreation(api.client(), WorkloadRef.statefulSet("shop", "orders"), set, Optional.empty());

    @BeforeEach
    void take_orders() {
        api.answering("DELETE " + SETS + "/orders", "{\"kind\": \"Status\", \"apiVersion\": \"v1\"}")
                .answering("POST " + SETS, Serialization.asJson(set));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void run(Runnable whenGone) {
        recreation.run("uid", DeletionPropagation.FOREGROUND, Duration.ofSeconds(60), whenGone);
    }

    @Test
    void a_workload_is_deleted_and_created_again_once() {
        run(() -> assertThat(api.asked()).doesNotContain("POST " + SETS));

        assertThat(api.asked())
                .containsSubsequence("DELETE " + SETS + "/orders", "GET " + SETS + "/orders", "POST " + SETS);
        assertThat(api.asked())
                .filteredOn(request -> request.startsWith("POST"))
                .hasSize(1);
    }

    @Test
    void a_workload_does_not_stay_away_when_something_fails_while_it_is_gone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(() -> {
                    throw new IllegalStateException("planted");
                }))
                .withMessage("planted");

        assertThat(api.asked()).endsWith("POST " + SETS);
    }
}
