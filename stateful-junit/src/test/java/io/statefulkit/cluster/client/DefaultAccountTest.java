package io.statefulkit.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.survival.testing.ApiStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DefaultAccountTest {

    private static final String ACCOUNT = "/api/v1/namespaces/tests/serviceaccounts/default";

    private final ApiStub api =
            ApiStub.start().answering("POST /api/v1/namespaces", "{\"kind\": \"Namespace\", \"apiVersion\": \"v1\"}");

    @AfterEach
    void end() {
        api.close();
    }

    private ClientCluster cluster(ProviderKind provider) {
        return new ClientCluster(provider, api.client(), Path.of("none"), (namespace, pod, container) -> {}, () -> {});
    }

    private long times(String request) {
        return api.asked().stream().filter(request::equals).count();
    }

    @Test
    void a_namespace_is_created_when_a_pod_can_be() throws Exception {
        CompletableFuture<Void> creating =
                CompletableFuture.runAsync(() -> cluster(ProviderKind.K3S).createNamespace("tests", Map.of()));
        await().atMost(Duration.ofMinutes(1)).until(() -> times("GET " + ACCOUNT) >= 3);
        assertThat(creating).isNotDone();

        api.answering(ACCOUNT, "{\"kind\": \"ServiceAccount\", \"apiVersion\": \"v1\"}");

        creating.get(1, TimeUnit.MINUTES);
        assertThat(times("POST /api/v1/namespaces")).isEqualTo(1);
    }

    @Test
    void who_may_not_ask_waits_for_nothing() {
        api.refusing(ACCOUNT);

        cluster(ProviderKind.KUBECONFIG).createNamespace("tests", Map.of());

        assertThat(times("GET " + ACCOUNT)).isEqualTo(1);
    }

    @Test
    void where_nobody_makes_one_tests_go_on() {
        new DefaultAccount(api.client(), "tests", Duration.ofMillis(200)).await();

        assertThat(times("GET " + ACCOUNT)).isPositive();
    }

    /** It makes the account with the namespace, and thousands of namespaces in a run. */
    @Test
    void an_embedded_cluster_is_not_asked() {
        cluster(ProviderKind.EMBEDDED).createNamespace("tests", Map.of());

        assertThat(api.asked()).containsExactly("POST /api/v1/namespaces");
    }
}
