package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import io.statefulkit.testing.Sets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a deployment makes of refusals, on an API server where no controller makes pods. */
class DeployerTest {

    private static final ApiServer CLUSTER = new ApiServer(new FakeStreams());

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @Test
    void what_was_refused_while_a_deployment_still_looked_around_is_no_reason_to_give_it_up() {
        Interceptor meanwhile = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (request.uri().getPath().equals("/api/v1/namespaces/default")) {
                    refuse("before");
                }
            }
        };
        DeployOptions options = DeployOptions.defaults().with(new Patience(Duration.ofSeconds(1), Duration.ZERO));
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(CLUSTER.client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("meanwhile", meanwhile))
                .build()) {

            StuckException stuck = catchThrowableOfType(
                    StuckException.class,
                    () -> new Deployer(client, "default", options).deploy(List.of(set("before"))));

            assertThat(stuck.timedOut()).isTrue();
            assertThat(stuck).message().doesNotContain("FailedCreate");
        }
        assertThat(CLUSTER.client()
                        .v1()
                        .events()
                        .inNamespace("default")
                        .withName("before-refused")
                        .get())
                .isNotNull();
    }

    @Test
    void what_is_refused_to_what_was_applied_is_a_reason_to_give_up() {
        ProgressListener refusing = new ProgressListener() {
            @Override
            public void applied(String object, String what) {
                refuse("since");
            }
        };
        DeployOptions options = DeployOptions.defaults()
                .with(Patience.defaults().withTroublesFor(Duration.ZERO))
                .with(refusing);

        StuckException stuck = catchThrowableOfType(
                StuckException.class,
                () -> new Deployer(CLUSTER.client(), "default", options).deploy(List.of(set("since"))));

        assertThat(stuck.timedOut()).isFalse();
        assertThat(stuck).hasMessageContaining("StatefulSet since: FailedCreate (exceeded quota: tight)");
    }

    private static void refuse(String set) {
        CLUSTER.client()
                .v1()
                .events()
                .inNamespace("default")
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(set + "-refused")
                        .withNamespace("default")
                        .endMetadata()
                        .withType("Warning")
                        .withReason("FailedCreate")
                        .withMessage("exceeded quota: tight")
                        .withCount(1)
                        .withNewInvolvedObject()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withNamespace("default")
                        .withName(set)
                        .endInvolvedObject()
                        .build())
                .create();
    }

    private static StatefulSet set(String name) {
        return Sets.shell(name, "sleep 1000");
    }
}
