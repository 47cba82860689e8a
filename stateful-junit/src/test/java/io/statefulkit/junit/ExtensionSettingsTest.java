package io.statefulkit.junit;

import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.statefulkit.junit.ExtensionCases.ComposedCase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a test class is told about its cluster, and what is wrong with that. */
class ExtensionSettingsTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

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
}
