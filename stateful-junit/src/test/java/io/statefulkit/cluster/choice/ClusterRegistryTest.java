package io.statefulkit.cluster.choice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.testing.FakeCluster;
import io.statefulkit.cluster.testing.FakeProvider;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClusterRegistryTest {

    private static final ClusterSettings EMBEDDED = ClusterSettings.defaults().withProvider(ProviderKind.EMBEDDED);

    private final FakeCluster cluster = new FakeCluster();
    private final FakeProvider embedded = new FakeProvider(ProviderKind.EMBEDDED, "", () -> cluster);

    @Test
    void equal_settings_share_one_cluster() throws ExecutionException, InterruptedException {
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Cluster> asking = () -> registry.cluster(EMBEDDED);

        List<Future<Cluster>> answers =
                Stream.generate(() -> threads.submit(asking)).limit(50).toList();

        for (Future<Cluster> answer : answers) {
            assertThat(answer.get()).isSameAs(cluster);
        }
        assertThat(embedded.starts()).isEqualTo(1);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, SECONDS)).isTrue();
    }

    @Test
    void a_start_that_failed_is_not_tried_again() {
        FakeProvider failing = new FakeProvider(ProviderKind.EMBEDDED, "", () -> {
            throw new ClusterStartException("the disk is full");
        });
        ClusterRegistry registry = new ClusterRegistry(List.of(failing));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> registry.cluster(EMBEDDED))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage("the disk is full");
        }
        assertThat(failing.starts()).isEqualTo(1);
    }

    /** As libraries do for who waits in their methods. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUndeclared(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    @Timeout(60)
    void nobody_waits_for_a_start_that_was_interrupted() {
        FakeProvider interrupted = new FakeProvider(ProviderKind.EMBEDDED, "", () -> {
            ClusterRegistryTest.<RuntimeException>throwUndeclared(new InterruptedException());
            return cluster;
        });
        ClusterRegistry registry = new ClusterRegistry(List.of(interrupted));
        assertThatThrownBy(() -> registry.cluster(EMBEDDED)).isInstanceOf(InterruptedException.class);

        assertThatThrownBy(() -> registry.cluster(EMBEDDED))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("the start of the cluster was interrupted");
    }

    @Test
    void a_cluster_is_found_by_its_client() {
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded));
        assertThat(registry.of(cluster.client())).isEmpty();

        registry.cluster(EMBEDDED);

        assertThat(registry.of(cluster.client())).contains(cluster);
    }

    @Test
    void closing_ends_the_clusters() {
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded));
        registry.cluster(EMBEDDED);

        registry.close();
        registry.close();

        assertThat(cluster.isClosed()).isTrue();
    }

    @Test
    void at_the_end_of_the_jvm_those_that_it_started_end_and_one_of_others_still_answers() {
        FakeCluster others = new FakeCluster(ProviderKind.KUBECONFIG);
        FakeProvider existing = new FakeProvider(ProviderKind.KUBECONFIG, "", () -> others);
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded, existing));
        registry.cluster(EMBEDDED);
        registry.cluster(EMBEDDED.withProvider(ProviderKind.KUBECONFIG));

        registry.endStarted();

        assertThat(cluster.isClosed()).isTrue();
        assertThat(others.isClosed()).isFalse();
        registry.close();
        assertThat(others.isClosed()).isTrue();
    }

    @Test
    void one_that_does_not_end_keeps_no_other_from_its_end() {
        FakeCluster other = new FakeCluster();
        FakeProvider k3s = new FakeProvider(ProviderKind.K3S, "", () -> other);
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded, k3s));
        registry.cluster(EMBEDDED);
        registry.cluster(EMBEDDED.withProvider(ProviderKind.K3S));
        cluster.refusingToEnd("its container is gone");
        other.refusingToEnd("so is this one");

        registry.close();

        assertThat(cluster.isClosed()).isTrue();
        assertThat(other.isClosed()).isTrue();
    }

    @Test
    void one_that_answers_no_question_once_it_has_started_is_ended() {
        cluster.refusingToTellItsVersion("connection reset");
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded));

        assertThatThrownBy(() -> registry.cluster(EMBEDDED))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("connection reset");

        assertThat(cluster.isClosed()).isTrue();
    }

    @Test
    void automatic_takes_k3s_where_it_can_be_and_embedded_elsewhere() {
        FakeProvider k3s = new FakeProvider(ProviderKind.K3S, "", () -> cluster);
        FakeProvider noK3s = new FakeProvider(ProviderKind.K3S, "no Docker engine answers", () -> cluster);

        assertThat(Selection.of(ClusterSettings.defaults(), List.of(embedded, k3s)))
                .isEqualTo(new Selection(k3s, "it is available"));
        assertThat(Selection.of(ClusterSettings.defaults(), List.of(noK3s, embedded)))
                .isEqualTo(new Selection(embedded, "no K3S: no Docker engine answers"));
        assertThat(Selection.of(ClusterSettings.defaults(), List.of(embedded)))
                .isEqualTo(new Selection(embedded, "no K3S: not on the class path"));
    }

    @Test
    void automatic_never_takes_a_cluster_that_exists_already() {
        FakeProvider existing = new FakeProvider(ProviderKind.KUBECONFIG, "", () -> cluster);
        FakeProvider noEmbedded = new FakeProvider(ProviderKind.EMBEDDED, "this is no Linux", () -> cluster);

        assertThatThrownBy(() -> Selection.of(ClusterSettings.defaults(), List.of(existing, noEmbedded)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("no cluster can be started on this machine. no K3S: not on the class path."
                        + " no EMBEDDED: this is no Linux");
    }

    @Test
    void what_was_asked_for_and_cannot_be_is_an_error() {
        FakeProvider noK3s = new FakeProvider(ProviderKind.K3S, "no Docker engine answers", () -> cluster);

        assertThatThrownBy(() -> Selection.of(
                        ClusterSettings.defaults().withProvider(ProviderKind.K3S), List.of(noK3s, embedded)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("cannot start a cluster of kind K3S: no Docker engine answers");
    }

    @Test
    void automatic_can_be_told_to_fail_where_there_is_no_k3s() {
        FakeProvider k3s = new FakeProvider(ProviderKind.K3S, "", () -> cluster);
        FakeProvider noK3s = new FakeProvider(ProviderKind.K3S, "no Docker engine answers", () -> cluster);
        ClusterSettings strict = ClusterSettings.defaults().failingWithoutDocker();

        assertThat(Selection.of(strict, List.of(k3s, embedded)).provider()).isEqualTo(k3s);
        assertThat(Selection.of(strict.withProvider(ProviderKind.EMBEDDED), List.of(noK3s, embedded))
                        .provider())
                .isEqualTo(embedded);
        assertThatThrownBy(() -> Selection.of(strict, List.of(noK3s, embedded)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("statefulkit.failWithoutDocker is set, and no k3s can be started: no K3S: no Docker engine"
                        + " answers. Start a Docker engine, or ask for another provider by name");
    }

    @Test
    void the_kind_is_known_before_anything_is_started() {
        ClusterRegistry registry = new ClusterRegistry(List.of(embedded));

        assertThat(registry.kind(ClusterSettings.defaults())).isEqualTo(ProviderKind.EMBEDDED);

        assertThat(embedded.starts()).isZero();
    }
}
