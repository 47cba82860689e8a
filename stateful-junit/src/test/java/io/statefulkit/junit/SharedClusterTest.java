package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.junit.ExtensionCases.ComposedCase;
import io.statefulkit.junit.ExtensionCases.EverywhereCase;
import io.statefulkit.junit.ExtensionCases.InheritedCase;
import io.statefulkit.junit.ExtensionCases.MethodsCase;
import io.statefulkit.junit.ExtensionCases.OneInstanceCase;
import io.statefulkit.junit.ExtensionCases.OuterCase;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** How many clusters and namespaces there are for several test classes, and what stays of them. */
class SharedClusterTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

    @Test
    void each_class_can_have_a_cluster_that_ends_with_it() {
        run.with("statefulkit.reuse", "per_class")
                .run(ComposedCase.class, MethodsCase.class, OuterCase.class)
                .assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.provider().starts())
                .as("a nested class that is annotated is one")
                .isEqualTo(4);
        assertThat(run.cluster().isClosed()).isTrue();
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @Test
    void classes_and_methods_can_run_in_parallel() {
        run.inParallel()
                .run(
                        EverywhereCase.class,
                        OneInstanceCase.class,
                        MethodsCase.class,
                        OuterCase.class,
                        ComposedCase.class)
                .assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.provider().starts()).isEqualTo(1);
        assertThat(run.cluster().everCreated()).hasSize(8);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @Test
    void only_so_many_namespaces_are_there_at_a_time() {
        run.inParallel()
                .with("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .with("statefulkit.parallelNamespaces", "1")
                .run(
                        EverywhereCase.class,
                        InheritedCase.class,
                        ComposedCase.class,
                        MethodsCase.class,
                        KeepsNoTurn.class)
                .assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.cluster().everCreated()).hasSize(8);
        assertThat(run.cluster().most())
                .as("a nested class that is annotated itself has one beside that of the class around it")
                .isEqualTo(2);
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class KeepsNoTurn {

        @Nested
        @StatefulCluster(namespacePer = NamespacePer.METHOD)
        class Inner {

            @Test
            void would_wait_for_ever_for_a_turn(Info info) {
                assertThat(info.namespace()).startsWith("would-wait-");
            }
        }
    }

    /** One instance serves tests that run in parallel, of several runs. */
    @Test
    void the_extension_has_no_state_and_what_it_keeps_closes_in_each_version_of_junit() {
        assertThat(Stream.of(StatefulClusterExtension.class, ProviderCondition.class)
                        .flatMap(type -> Stream.of(type.getDeclaredFields()))
                        .filter(field ->
                                !Modifier.isStatic(field.getModifiers()) || !Modifier.isFinal(field.getModifiers()))
                        .filter(field -> !field.isSynthetic()))
                .isEmpty();
        assertThat(List.of(Scope.class, RunEnd.class, OwnCluster.class, TestSteps.class))
                .allSatisfy(kept ->
                        assertThat(kept.getInterfaces()).contains(CloseableResource.class, AutoCloseable.class));
    }

    private static final List<WeakReference<Object>> INJECTED = new CopyOnWriteArrayList<>();

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class ForgottenCase {

        @RepeatedTest(2)
        void test(KubernetesClient client, StatefulKit kit, Info info, TestSteps steps) {
            Stream.of(client, kit, info, steps).map(WeakReference<Object>::new).forEach(INJECTED::add);
        }
    }

    /** What it takes to run many classes is measured elsewhere: this says that nothing of any of them stays. */
    @Test
    void nothing_of_a_class_stays_when_it_is_over_though_the_cluster_does() {
        INJECTED.clear();
        for (int i = 0; i < 20; i++) {
            run.run(ForgottenCase.class).assertStatistics(statistics -> statistics.failed(0));
        }

        assertThat(INJECTED).hasSize(20 * 2 * 4);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return INJECTED.stream().allMatch(reference -> reference.get() == null);
        });
        assertThat(run.cluster().isClosed()).isFalse();
    }
}
