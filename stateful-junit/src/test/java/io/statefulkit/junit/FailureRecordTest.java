package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.junit.ExtensionCases.ComposedCase;
import io.statefulkit.junit.ExtensionCases.FailingCase;
import io.statefulkit.junit.StatefulCluster.Info;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** What is written about a failure before the namespace is gone. */
class FailureRecordTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

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
}
