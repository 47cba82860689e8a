package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** The nested classes of cases are static and not annotated by {@code @Nested}, so that no build runs them by themselves. */
class StatefulClusterExtensionTest {

    private final FakeRun run = new FakeRun();

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class EverywhereCase {

        private static @Nullable Info ofClass;

        private final Info constructed;
        private @Nullable KubernetesClient client;
        private @Nullable Info field;

        EverywhereCase(Info constructed) {
            this.constructed = constructed;
        }

        @BeforeAll
        static void beforeAll(Info info) {
            assertThat(ofClass).isEqualTo(info);
        }

        @BeforeEach
        void beforeEach(KubernetesClient given) {
            assertThat(client).isSameAs(given);
        }

        @Test
        void test(Info info, StatefulKit kit) {
            assertThat(kit.namespace()).isEqualTo(info.namespace());
            assertThat(info).isEqualTo(field).isEqualTo(constructed).isEqualTo(ofClass);
            assertThat(info.provider()).isEqualTo(ProviderKind.EMBEDDED);
            assertThat(info.version()).isEqualTo("v1.99.0-fake");
            assertThat(info.namespace()).startsWith("everywhere-case-");
            assertThat(Objects.requireNonNull(client).getNamespace()).isEqualTo(info.namespace());
        }

        @AfterEach
        void afterEach(Info info) {
            assertThat(info).isEqualTo(field);
        }

        @AfterAll
        static void afterAll(Info info) {
            assertThat(info).isEqualTo(ofClass);
        }
    }

    @Test
    void values_are_injected_everywhere() {
        run.run(EverywhereCase.class)
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));

        assertThat(run.cluster().everCreated()).hasSize(1);
        assertThat(run.cluster().namespaces()).isEmpty();
        assertThat(run.cluster().isClosed()).isFalse();
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstanceCase {

        private final Info constructed;
        private @Nullable Info field;

        OneInstanceCase(Info constructed) {
            this.constructed = constructed;
        }

        @BeforeAll
        void beforeAll(Info info) {
            assertThat(info).isEqualTo(constructed).isEqualTo(field);
        }

        @Test
        void test(Info info) {
            assertThat(info).isEqualTo(constructed).isEqualTo(field);
        }
    }

    @Test
    void one_instance_for_all_tests_works_as_well() {
        run.run(OneInstanceCase.class)
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));

        assertThat(run.cluster().everCreated()).hasSize(1);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(namespacePer = NamespacePer.METHOD)
    static class MethodsCase {

        private final Info constructed;
        private @Nullable Info field;

        MethodsCase(Info constructed) {
            this.constructed = constructed;
        }

        @RepeatedTest(2)
        void repeated(Info info) {
            assertThat(info).isEqualTo(constructed).isEqualTo(field);
        }

        @Test
        void once(Info info) {
            assertThat(info).isEqualTo(constructed).isEqualTo(field);
            assertThat(info.namespace()).startsWith("once-");
        }
    }

    @Test
    void each_method_can_have_a_namespace() {
        run.run(MethodsCase.class).assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.cluster().everCreated()).hasSize(3);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(namespacePer = NamespacePer.METHOD)
    @TestInstance(Lifecycle.PER_CLASS)
    static class MethodsOfOneInstanceCase {

        private @Nullable Info field;

        @Test
        void one(Info info) {
            assertThat(info).isEqualTo(field);
        }

        @Test
        void other(Info info) {
            assertThat(info).isEqualTo(field);
        }
    }

    @Test
    void fields_of_one_instance_follow_the_method() {
        run.run(MethodsOfOneInstanceCase.class).assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.cluster().everCreated()).hasSize(3);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class OuterCase {

        private @Nullable Info outer;

        @Nested
        class Inner {

            private @Nullable Info inner;

            @Test
            void shares_the_namespace(Info info) {
                assertThat(info).isEqualTo(inner).isEqualTo(outer);
            }
        }

        @Nested
        @StatefulCluster
        class Annotated {

            @Test
            void has_its_own_namespace(Info info) {
                assertThat(info).isNotEqualTo(outer);
                assertThat(info.namespace()).startsWith("annotated-");
            }
        }
    }

    @Test
    void nested_classes_share_the_namespace_unless_they_are_annotated() {
        run.run(OuterCase.class).assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.cluster().everCreated()).hasSize(2);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @StatefulCluster
    @Retention(RetentionPolicy.RUNTIME)
    @interface Composed {}

    @ExtendWith(FakeClusters.class)
    @Composed
    static class ComposedCase {

        @Test
        void test(Info info) {
            assertThat(info.namespace()).startsWith("composed-case-");
        }
    }

    @ExtendWith(FakeClusters.class)
    static class InheritedCase extends EverywhereCase {

        InheritedCase(Info constructed) {
            super(constructed);
        }

        @Override
        @Test
        void test(Info info, StatefulKit kit) {
            assertThat(info.namespace()).startsWith("inherited-case-");
        }
    }

    @Test
    void the_annotation_can_be_composed() {
        run.run(ComposedCase.class).assertStatistics(statistics -> statistics.failed(0));
        assertThat(run.cluster().everCreated()).hasSize(1);
    }

    @Test
    void the_annotation_is_inherited() {
        run.run(InheritedCase.class).assertStatistics(statistics -> statistics.failed(0));
        assertThat(run.cluster().everCreated()).hasSize(1);
    }

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

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class FailingCase {

        @Test
        void fails() {
            throw new IllegalStateException("as it should");
        }
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(onFailure = OnFailure.KEEP)
    static class KeepingCase {

        @Test
        void fails() {
            throw new IllegalStateException("as it should");
        }
    }

    @Test
    void the_namespace_of_a_failure_is_kept_when_asked_for() {
        run.run(FailingCase.class, KeepingCase.class);

        assertThat(run.cluster().namespaces()).singleElement().asString().startsWith("keeping-case-");
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class AbortedCase {

        @Test
        void is_aborted() {
            throw new TestAbortedException("not here");
        }
    }

    @Test
    void what_the_cluster_knows_about_a_failure_is_written_before_it_is_gone() {
        run.run(FailingCase.class, AbortedCase.class, ComposedCase.class);

        assertThat(run.cluster().described())
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("failure.txt"))
                        .content()
                        .startsWith("java.lang.IllegalStateException: as it should"));
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class FailingTwiceCase {

        @Test
        void fails() {
            throw new IllegalStateException("as it should");
        }

        @AfterEach
        void fails_in_cleaning_up() {
            throw new IllegalStateException("and in its own clean-up");
        }
    }

    @Test
    void what_is_written_is_published_as_report_files_of_junit(@TempDir Path reports) throws IOException {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(FailingTwiceCase.class))
                        .configurationParameters(run.parameters())
                        .configurationParameter("junit.platform.reporting.output.dir", reports.toString())
                        .build());

        try (Stream<Path> files = Files.walk(reports)) {
            assertThat(files.filter(file -> file.toString().contains("/cluster/")))
                    .satisfiesExactlyInAnyOrder(
                            file -> assertThat(file)
                                    .hasFileName("failure.txt")
                                    .content()
                                    .contains("as it should", "and in its own clean-up"),
                            file -> assertThat(file)
                                    .hasFileName("timeline.txt")
                                    .content()
                                    .contains(
                                            "FailingTwiceCase-fails fails: java.lang.IllegalStateException: as it"
                                                    + " should",
                                            "FailingTwiceCase-fails fails again: java.lang.IllegalStateException: and"
                                                    + " in its own clean-up"));
        }
    }

    /** How deep it is, is up to the version of JUnit. */
    private static final Condition<Throwable> ADDED = new Condition<>(
            failure -> {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                return trace.toString().contains("Suppressed: ")
                        && trace.toString().contains("java.lang.IllegalStateException: does not close");
            },
            "with the failure to close added");

    private static final BlockingQueue<String> CLOSED = new LinkedBlockingQueue<>();

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class SteppingCase {

        private final TestSteps constructed;

        SteppingCase(TestSteps constructed) {
            this.constructed = constructed;
        }

        @Test
        void fails(TestSteps steps, Info info) {
            assertThat(steps).isSameAs(constructed);
            steps.note("writes 100 rows");
            steps.closing(() -> CLOSED.add("namespace " + info.namespace()));
            steps.closing(() -> {
                CLOSED.add("broken");
                throw new IllegalStateException("does not close");
            });
            throw new IllegalStateException("as it should");
        }

        @AfterEach
        void comes_before_what_is_closed() {
            assertThat(CLOSED).isEmpty();
        }
    }

    @Test
    void the_steps_of_a_test_are_told_with_the_events_and_what_it_opened_is_closed_in_reverse() {
        CLOSED.clear();
        run.run(SteppingCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("fails"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class), message("as it should"), ADDED)));

        assertThat(CLOSED).element(0).isEqualTo("broken");
        assertThat(CLOSED).element(1).asString().startsWith("namespace stepping-case-");
        assertThat(run.cluster().described())
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("timeline.txt"))
                        .content()
                        .contains(
                                "cluster  Normal  Pod/orders-0  Killing",
                                "test     SteppingCase-fails begins",
                                "test     writes 100 rows",
                                "test     SteppingCase-fails fails: java.lang.IllegalStateException: as it should"));
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class TimeoutCase {

        @Test
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void takes_too_long() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void what_a_test_waits_for_is_written_before_it_is_interrupted() {
        run.run(TimeoutCase.class).assertStatistics(statistics -> statistics.failed(1));

        assertThat(run.cluster().described())
                .as("written once, though the interrupted wait failed as well")
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("failure.txt"))
                        .content()
                        .startsWith("java.util.concurrent.TimeoutException: the test took too long")
                        .contains("CountDownLatch.await")
                        .contains("takes_too_long() timed out after 500 milliseconds"));
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(onFailure = OnFailure.PAUSE)
    static class PausingCase {

        private @Nullable Info info;

        @Test
        void fails() {
            throw new IllegalStateException("as it should");
        }

        @AfterEach
        void comes_after_the_pause() {
            PAUSED.offer(Objects.requireNonNull(info));
        }
    }

    private static final BlockingQueue<Info> PAUSED = new LinkedBlockingQueue<>();

    @Test
    void a_failure_can_pause_the_test_until_somebody_has_looked() {
        PAUSED.clear();
        Thread tests = new Thread(() -> run.run(PausingCase.class));
        tests.start();

        Path mark = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> run.cluster().described().stream()
                                .map(directory -> directory.resolve("delete-me-to-go-on"))
                                .filter(Files::exists)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(PAUSED).as("what follows the failure").isEmpty();
        assertThat(run.cluster().namespaces()).singleElement().asString().startsWith("pausing-case-");
        assertThat(mark.toFile().delete()).isTrue();

        await().atMost(Duration.ofSeconds(60)).until(() -> !tests.isAlive());
        assertThat(PAUSED).hasSize(1);
        assertThat(run.cluster().namespaces()).isEmpty();
    }

    @Test
    void an_error_in_cleaning_up_does_not_hide_the_one_of_the_test() {
        run.cluster().refusingToDelete("the cluster is gone");

        run.run(FailingCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("fails"),
                                finishedWithFailure(instanceOf(IllegalStateException.class), message("as it should"))));
        run.run(ComposedCase.class).assertStatistics(statistics -> statistics.failed(1));
    }

    @Test
    void a_bad_setting_fails_the_class_and_says_what_is_allowed() {
        run.with("statefulkit.provider", "minikube")
                .run(ComposedCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message("statefulkit.provider must be one of"
                                + " [AUTO, EMBEDDED, K3S, KUBECONFIG], but is 'minikube'"))));
    }

    /** These tests are run with such a setting as well, when others of the build are to run on another cluster. */
    @Test
    void what_the_build_is_told_is_not_for_a_run_with_clusters_of_its_own() {
        String before = System.getProperty("statefulkit.provider", "");
        System.setProperty("statefulkit.provider", "k3s");
        try {
            run.run(ComposedCase.class)
                    .assertStatistics(statistics -> statistics.failed(0).succeeded(3));
        } finally {
            if (before.isEmpty()) {
                System.clearProperty("statefulkit.provider");
            } else {
                System.setProperty("statefulkit.provider", before);
            }
        }
    }

    @ExtendWith({FakeClusters.class, StatefulClusterExtension.class})
    static class UnannotatedCase {

        @Test
        void test() {}
    }

    @Test
    void the_extension_without_the_annotation_says_so() {
        run.run(UnannotatedCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message("the extension of @StatefulCluster works on "
                                + UnannotatedCase.class.getName() + ","
                                + " but neither it nor a class around it has that annotation"))));
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

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class FailingAfterwardsCase {

        @Test
        void passes() {}

        @AfterEach
        void fails(Info info) {
            throw new IllegalStateException("after " + info.namespace());
        }
    }

    private static final class Refusing implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw new IllegalStateException("another extension");
        }
    }

    @ExtendWith({FakeClusters.class, Refusing.class})
    @StatefulCluster
    static class FailingElsewhereCase {

        @Test
        void does_not_run() {}
    }

    @Test
    void a_failure_outside_of_the_test_is_written_as_well() {
        run.run(FailingAfterwardsCase.class, FailingElsewhereCase.class)
                .assertStatistics(statistics -> statistics.failed(2));

        assertThat(run.cluster().described())
                .extracting(directory -> Files.readString(directory.resolve("failure.txt"))
                        .lines()
                        .findFirst()
                        .orElse(""))
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first)
                                .startsWith("java.lang.IllegalStateException: after failing-afterwards-case-"),
                        first -> assertThat(first).isEqualTo("java.lang.IllegalStateException: another extension"));
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(namespacePer = NamespacePer.METHOD)
    static class FailingBeforehandCase {

        @BeforeAll
        static void fails() {
            throw new IllegalStateException("as it should");
        }

        @Test
        void does_not_run() {}
    }

    @Test
    void a_failure_is_not_hidden_by_a_cluster_that_takes_no_namespace_to_tell_about() {
        run.cluster().refusingToCreate("the cluster is gone");

        run.run(FailingBeforehandCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(instanceOf(IllegalStateException.class), message("as it should"))));
    }

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class OtherThreadCase {

        @Test
        @Timeout(value = 300, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void takes_too_long(Info info) throws InterruptedException {
            assertThat(info.namespace()).startsWith("other-thread-case-");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void a_test_that_takes_too_long_in_a_thread_of_its_own_is_written_once() {
        run.run(OtherThreadCase.class).assertStatistics(statistics -> statistics.failed(1));

        assertThat(run.cluster().described())
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("failure.txt"))
                        .content()
                        .contains("timed out after 300 milliseconds", "CountDownLatch.await"));
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
