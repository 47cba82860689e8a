package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.survival.report.Surroundings;
import io.statefulkit.survival.report.Surroundings.ClusterEvent;
import io.statefulkit.survival.report.Surroundings.Fact;
import io.statefulkit.survival.testing.ApiStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

    private static final String EVENTS = "/api/v1/namespaces/shop/events";
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    private final ApiStub api = ApiStub.start();

    @BeforeEach
    void know_of_a_workload() {
        api.answering("/version", """
                {"major": "1", "minor": "33", "gitVersion": "v1.33.1", "gitCommit": "8adc0f0", "gitTreeState": "clean",
                 "buildDate": "2025-05-15T08:19:08Z", "goVersion": "go1.24.2", "compiler": "gc", "platform": "linux/amd64"}
                """)
                .answering("/apis/apps/v1/namespaces/shop/statefulsets/orders", """
                {"kind": "StatefulSet", "apiVersion": "apps/v1", "metadata": {"name": "orders", "namespace": "shop"},
                 "spec": {"template": {"spec": {"containers": [{"name": "postgres", "image": "postgres:17"}]}}}}
                """)
                .answering(PODS, """
                {"kind": "PodList", "apiVersion": "v1", "items": []}
                """)
                .answering(EVENTS, """
                {"kind": "EventList", "apiVersion": "v1", "items": [%s, %s, %s, %s]}
                """.formatted(
                                event("orders"), event("data-orders-0"), event("reorders-0"), event("orders2-0")));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static String event(String object) {
        return """
            {"metadata": {"name": "e"}, "involvedObject": {"kind": "Pod", "name": "%s"}, "type": "Normal",
             "reason": "Pulled", "message": "requirepass hunter2", "lastTimestamp": "2026-11-30T10:00:00Z"}
            """.formatted(object);
    }

    private Surroundings look() {
        return new Neighbourhood(new Orders(api.client())).look();
    }

    @Test
    void what_is_known_of_a_workload_is_told_without_passwords_and_without_what_is_of_others() {
        assertThat(look().facts())
                .contains(
                        new Fact("Kubernetes", "v1.33.1"),
                        new Fact("namespace", "shop"),
                        new Fact("image of postgres", "postgres:17"));
        assertThat(look().events())
                .extracting(ClusterEvent::object, ClusterEvent::message)
                .containsExactly(tuple("Pod/orders", "requirepass ***"), tuple("Pod/data-orders-0", "requirepass ***"));
    }

    @Test
    void what_a_user_may_not_see_does_not_hide_the_rest() {
        api.refusing(EVENTS);
        assertThat(look().events()).isEmpty();
        assertThat(look().facts()).contains(new Fact("Kubernetes", "v1.33.1"));

        api.refusing("/version");
        api.refusing(PODS);
        assertThat(look()).isEqualTo(Surroundings.none());
    }

    private record Orders(KubernetesClient client) implements Subject {

        @Override
        public String namespace() {
            return "shop";
        }

        @Override
        public String name() {
            return "orders";
        }

        @Override
        public Connections connect() {
            throw new UnsupportedOperationException("nobody looks at rows here");
        }
    }
}
