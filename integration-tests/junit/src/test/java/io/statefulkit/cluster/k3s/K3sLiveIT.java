package io.statefulkit.cluster.k3s;

import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ExistingOptions;
import io.statefulkit.cluster.K3sOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.StandardImages;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.cluster.testing.AskedForK3s;
import io.statefulkit.deploy.Patience;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.verdict.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A k3s as it is, where a Docker engine answers and has its image. With {@code -Dk3s.pull=true} the image may be pulled. What it pulls
 * itself, as the image of the database, it has to be able to, or to get by {@code -Dstatefulkit.preload}.
 */
@Timeout(1800)
class K3sLiveIT {

    private static final K3sOptions K3S = AskedForK3s.options();

    @Test
    void a_database_on_k3s_survives_the_loss_of_its_pod_and_of_its_process(@TempDir Path reports) throws IOException {
        ClusterSettings settings = new ClusterSettings(
                ProviderKind.K3S,
                K3S,
                1,
                Reuse.PER_RUN,
                Duration.ofMinutes(5),
                true,
                StandardImages.class,
                ExistingOptions.NONE);
        K3sProvider k3s = new K3sProvider(DockerProbe.ofThisJvm());
        Optional<String> obstacle = missingImage().or(() -> k3s.obstacle(settings));
        assumeTrue(obstacle.isEmpty(), () -> "no k3s here: " + obstacle.orElse(""));

        try (ClusterRegistry registry = new ClusterRegistry(List.of(k3s))) {
            Cluster cluster = registry.cluster(settings);
            cluster.createNamespace("live", Map.of());
            PostgresHandle db = StatefulKit.on(cluster.client())
                    .inNamespace("live")
                    .withPatience(new Patience(Duration.ofMinutes(8), Duration.ofMinutes(1)))
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withVolumeClaimTemplate("1Gi"));
            SurvivalResult result =
                    Survival.of(db).killingWith(cluster::kill).into(reports).through(deletePod(), crashProcess());

            assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.SURVIVED);
        }
    }

    /** Asks the engine itself: Testcontainers may begin by pulling images of its own, and try for minutes where there is no network. */
    private static Optional<String> missingImage() {
        if (Boolean.getBoolean("k3s.pull")) {
            return Optional.empty();
        }
        URI engine =
                URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock"));
        try {
            String path = "/images/" + K3S.image() + "/json";
            return new EngineSocket(engine).get(path, Duration.ofSeconds(30)).status() == 200
                    ? Optional.empty()
                    : Optional.of("the Docker engine has no image " + K3S.image() + ", and -Dk3s.pull=true is not set");
        } catch (IOException | TimeoutException e) {
            return Optional.of("no Docker engine answers at " + engine + ": " + e.getMessage());
        }
    }
}
