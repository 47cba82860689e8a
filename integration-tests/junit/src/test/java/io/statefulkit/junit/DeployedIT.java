package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.testing.Idle;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.spec.StatefulWorkload;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

@StatefulCluster
class DeployedIT {

    static StatefulWorkload quiet() {
        return Idle.onClaim("quiet");
    }

    @Deployed("quiet")
    private @Nullable WorkloadHandle field;

    @Test
    void a_workload_is_deployed_once_for_all_that_ask_for_it(
            @Deployed("quiet") WorkloadHandle parameter, @Deployed("quiet") Handle any, KubernetesClient client) {
        assertThat(parameter).isSameAs(field).isSameAs(any);
        assertThat(parameter.namespace()).isEqualTo(client.getNamespace());
        assertThat(Objects.requireNonNull(client.pods().withName("quiet-0").get())
                        .getStatus()
                        .getPhase())
                .isEqualTo("Running");
    }

    @Nested
    class Inside {

        @Test
        void nested_classes_share_it(@Deployed("quiet") WorkloadHandle parameter) {
            assertThat(parameter).isSameAs(field);
        }
    }

    @StatefulCluster(provider = ProviderKind.EMBEDDED)
    static class ProvidersCase {

        @Test
        @EnabledIfProvider(ProviderKind.KUBECONFIG)
        void is_skipped_on_other_clusters(StatefulCluster.Info info) {
            assertThat(info.provider()).isEqualTo(ProviderKind.KUBECONFIG);
        }

        @Test
        @EnabledIfProvider({ProviderKind.EMBEDDED, ProviderKind.K3S, ProviderKind.KUBECONFIG})
        void runs_on_the_clusters_it_names(StatefulCluster.Info info) {
            assertThat(info.provider()).isNotEqualTo(ProviderKind.AUTO);
        }
    }

    @Test
    @EnabledIfProvider(ProviderKind.EMBEDDED)
    void tests_can_be_for_some_kinds_of_clusters_only() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(ProvidersCase.class))
                .configurationParameter("statefulkit.provider", "embedded")
                .execute()
                .testEvents()
                .assertStatistics(
                        statistics -> statistics.succeeded(1).skipped(1).failed(0))
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(skippedWithReason("only for [KUBECONFIG], and the cluster is EMBEDDED; choose with"
                                + " -Dstatefulkit.provider")));
    }

    private static final Set<StatefulCluster.Info> SEEN = new CopyOnWriteArraySet<>();

    @StatefulCluster(provider = ProviderKind.EMBEDDED)
    static class SeeingCase {

        @Test
        void fails_the_first_time(StatefulCluster.Info info) {
            SEEN.add(info);
            assertThat(SEEN).hasSizeGreaterThan(1);
        }
    }

    /** As the forks of Surefire ask class by class, and once more for those that failed. */
    @Test
    void requests_that_come_one_after_another_in_a_jvm_share_one_cluster() {
        SEEN.clear();
        for (int failures : new int[] {1, 0, 0}) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(DiscoverySelectors.selectClass(SeeingCase.class))
                    .configurationParameter("statefulkit.provider", "embedded")
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.started(1).failed(failures));
        }

        assertThat(SEEN).hasSize(3);
        assertThat(SEEN)
                .extracting(StatefulCluster.Info::kubeconfig)
                .containsOnly(SEEN.iterator().next().kubeconfig());
        assertThat(SEEN).extracting(StatefulCluster.Info::namespace).doesNotHaveDuplicates();
    }

    @StatefulCluster
    static class WrongKindCase {

        @Test
        void test(@Deployed("quiet") PostgresHandle db) {
            assertThat(db).isNotNull();
        }
    }

    @Test
    void a_handle_of_another_kind_is_refused() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(WrongKindCase.class))
                .configurationParameter("statefulkit.provider", "embedded")
                .execute()
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(text -> text.contains(
                                "@Deployed(\"quiet\") gives a WorkloadHandle, which is no PostgresHandle")))));
    }
}
