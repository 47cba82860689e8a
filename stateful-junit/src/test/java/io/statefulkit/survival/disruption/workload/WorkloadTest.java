package io.statefulkit.survival.disruption.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.testing.ApiStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final String POD = """
        {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "orders-0", "namespace": "shop"},
         "spec": {"containers": [{"name": "istio-proxy"}, {"name": "helper"}, {"name": "postgres"}]}}
        """;

    private final List<String> killed = new ArrayList<>();

    private Workload workload(ApiStub api, ServerContainer server) {
        return new Workload(
                api.client(),
                new WorkloadRef(WorkloadRef.Kind.STATEFUL_SET, "shop", "orders"),
                server,
                Powers.of((namespace, pod, container) -> killed.add(namespace + "/" + pod + "/" + container)),
                Duration.ofMinutes(1),
                () -> Pulse.NONE,
                phase -> {});
    }

    @Test
    void the_server_is_killed_and_not_the_proxy_before_it() {
        try (ApiStub api = ApiStub.start().answering("/api/v1/namespaces/shop/pods/orders-0", POD)) {
            workload(api, new ServerContainer(Optional.of("postgres")))
                    .processes()
                    .kill("orders-0");
            workload(api, ServerContainer.UNNAMED).processes().kill("orders-0");
        }

        assertThat(killed).containsExactly("shop/orders-0/postgres", "shop/orders-0/helper");
    }
}
