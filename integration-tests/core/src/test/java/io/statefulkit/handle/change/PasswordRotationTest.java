package io.statefulkit.handle.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.place.ContainerEnv;
import io.statefulkit.handle.place.Place;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a server or its pod dies between the steps of a rotation. */
class PasswordRotationTest {

    private final ApiServer cluster = new ApiServer(new FakeStreams());
    private final AtomicReference<String> server = new AtomicReference<>("old");

    @BeforeEach
    void keep_the_password_in_a_secret() {
        cluster.client()
                .secrets()
                .inNamespace("default")
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .endMetadata()
                        .withStringData(Map.of("password", "old"))
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_pod_that_dies_after_the_change_gets_its_old_password_back_in_server_and_secret() {
        assertThatThrownBy(() -> rotation().run("old", "new", server::set, password -> {
                    throw new IllegalStateException("the pod has gone");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the pod has gone")
                .hasNoSuppressedExceptions();

        assertThat(server.get()).isEqualTo("old");
        assertThat(secret()).isEqualTo("old");
    }

    @Test
    void a_pod_that_dies_during_the_change_and_stays_away_leaves_the_old_password_in_the_secret_and_says_so() {
        assertThatThrownBy(() -> rotation()
                        .run(
                                "old",
                                "new",
                                password -> {
                                    throw new IllegalStateException("no answer");
                                },
                                password -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no answer")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(more -> assertThat(more)
                                .hasMessageContaining("it is unknown which of the two passwords")
                                .hasMessageContaining("rotate once more")));

        assertThat(secret()).isEqualTo("old");
    }

    @Test
    void a_thread_that_is_interrupted_puts_the_old_password_back_and_stays_interrupted() {
        assertThatThrownBy(() -> rotation().run("old", "new", server::set, password -> {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted while a command runs");
                }))
                .isInstanceOf(CancellationException.class)
                .hasNoSuppressedExceptions();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.get()).isEqualTo("old");
        assertThat(secret()).isEqualTo("old");
    }

    private PasswordRotation rotation() {
        KubernetesClient client = cluster.client();
        Place place = new Place(
                client,
                WorkloadRef.statefulSet("default", "db"),
                ApiServer.LABELS,
                new Waiting(client, Patience.defaults(), ProgressListener.none()),
                Optional.empty());
        return new PasswordRotation(place, "db", new ContainerEnv.SecretKey("login", "password"), false);
    }

    private String secret() {
        String encoded = cluster.client()
                .secrets()
                .inNamespace("default")
                .withName("login")
                .get()
                .getData()
                .get("password");
        return new String(Base64.getDecoder().decode(encoded), java.nio.charset.StandardCharsets.UTF_8);
    }
}
