package io.statefulkit.embedded.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.EmbeddedCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded cluster does what a real one did. The recordings are played side by side on one cluster, as most of their
 * time is waiting; each in its own namespace.
 */
class FidelityIT {

    private static final int SIDE_BY_SIDE = 8;
    private static final Map<String, Future<List<Difference>>> PLAYED = new LinkedHashMap<>();

    private static EmbeddedCluster cluster;
    private static ExecutorService players;

    @BeforeAll
    static void play() {
        cluster = EmbeddedCluster.start();
        RawClient http = new RawClient(cluster.client().getConfiguration());
        players = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        for (String name : recordings()) {
            PLAYED.put(name, players.submit(() -> name.startsWith("cronjob-") ? aside(name) : play(http, name)));
        }
    }

    private static List<Difference> play(RawClient http, String name) {
        return new Replay(cluster, http, Recording.load(name)).run();
    }

    // Time is skipped there, which is nothing that others should notice.
    private static List<Difference> aside(String name) {
        try (EmbeddedCluster own = EmbeddedCluster.start()) {
            return new Replay(own, new RawClient(own.client().getConfiguration()), Recording.load(name)).run();
        }
    }

    @AfterAll
    static void stop() {
        players.shutdownNow();
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void it_does_what_was_recorded(String name) throws Exception {
        List<Difference> differences =
                Objects.requireNonNull(PLAYED.get(name), name).get(10, TimeUnit.MINUTES);
        assertThat(differences.stream()
                        .filter(difference ->
                                KnownDifference.explaining(difference).isEmpty())
                        .map(Difference::toString))
                .isEmpty();
    }

    static List<String> recordings() {
        String chosen = System.getProperty("recordings", "");
        return chosen.isEmpty()
                ? List.of(
                        // The longest first.
                        "pod-crash-loop",
                        "pod-image-missing",
                        "postgres-lifecycle",
                        "pod-config-errors",
                        "pod-completes-and-fails",
                        "services-and-endpoints",
                        "api-reads",
                        "cronjob-every-minute",
                        "sts-pod-ignores-term",
                        "api-errors",
                        "sts-broken-rollout-stuck",
                        "sts-rollout-restart",
                        "sts-scale-down-up",
                        "job-success-and-ttl",
                        "sts-delete-recreate",
                        "pod-container-killed",
                        "pod-init-and-native-sidecar",
                        "deploy-recreate-update",
                        "ssa-apply-and-conflict",
                        "sts-create-ordered",
                        "sts-create-parallel",
                        "sts-pod-delete-forced",
                        "sts-pod-delete-graceful",
                        "pvc-dynamic-lifecycle",
                        "sts-missing-service-and-sc")
                : List.of(chosen.split(",", -1));
    }
}
