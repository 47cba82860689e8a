package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.statefulkit.junit.ExtensionCases.ComposedCase;
import io.statefulkit.junit.ExtensionCases.FailingCase;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a namespace in which a test fails, and that nothing else hides its failure. */
class FailureTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

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
}
