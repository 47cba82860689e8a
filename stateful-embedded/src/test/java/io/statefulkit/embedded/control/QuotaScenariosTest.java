package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.RESOURCE_QUOTAS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.api.ResourceCatalog;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_set_that_a_quota_stops_says_so_and_goes_on_when_the_quota_is_raised() {
        quota("pods: '1'");
        cluster.create(StatefulSetScenariosTest.set(2, ""));

        cluster.untilEvent(
                "StatefulSet",
                "db",
                "FailedCreate: Create Pod db-1 in StatefulSet db failed error: pods \"db-1\" is forbidden: exceeded quota:"
                        + " few, requested: pods=1, used: pods=1, limited: pods=1");
        assertThat(cluster.pods()).containsExactly("db-0");
        assertThat(used("pods")).isEqualTo("1");

        cluster.patch(RESOURCE_QUOTAS, "few", "{spec: {hard: {pods: '2'}}}");
        cluster.until("both pods", () -> {
            cluster.time.advance(Duration.ofSeconds(1));
            return cluster.pods().equals(java.util.List.of("db-0", "db-1"));
        });
        cluster.until("counted", () -> used("pods").equals("2"));
    }

    @Test
    void claims_that_exceed_a_quota_stop_a_set() {
        quota("requests.storage: 15Mi");
        cluster.create(StatefulSetScenariosTest.set(2, ""));

        cluster.untilEvent(
                "StatefulSet",
                "db",
                "FailedCreate: Create Claim data-db-1 Pod db-1 in StatefulSet db failed error: persistentvolumeclaims"
                        + " \"data-db-1\" is forbidden: exceeded quota: few, requested: requests.storage=10Mi, used:"
                        + " requests.storage=10Mi, limited: requests.storage=15Mi");
        assertThat(cluster.pods()).containsExactly("db-0");
    }

    @Test
    void what_goes_is_given_back() {
        quota("pods: '5'");
        cluster.create(StatefulSetScenariosTest.set(2, ""));
        cluster.untilReady("db", 2);
        assertThat(used("pods")).isEqualTo("2");

        cluster.patch(ResourceCatalog.STATEFUL_SETS, "db", "{spec: {replicas: 0}}");

        cluster.until(
                "given back", () -> cluster.list(PODS).isEmpty() && used("pods").equals("0"));
    }

    private void quota(String hard) {
        cluster.create("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: few}
                spec: {hard: {%s}}
                """.formatted(hard));
    }

    private String used(String name) {
        return cluster.get(RESOURCE_QUOTAS, "few")
                .status()
                .path("used")
                .path(name)
                .asText();
    }
}
