package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.junit.ExtensionCases.ComposedCase;
import io.statefulkit.junit.ExtensionCases.EverywhereCase;
import io.statefulkit.junit.ExtensionCases.InheritedCase;
import io.statefulkit.junit.ExtensionCases.MethodsCase;
import io.statefulkit.junit.ExtensionCases.OneInstanceCase;
import io.statefulkit.junit.ExtensionCases.OuterCase;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is given to constructors, fields and methods of a test class. */
class InjectionTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

    @Test
    void values_are_injected_everywhere() {
        run.run(EverywhereCase.class)
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));

        assertThat(run.cluster().everCreated()).hasSize(1);
        assertThat(run.cluster().namespaces()).isEmpty();
        assertThat(run.cluster().isClosed()).isFalse();
    }

    @Test
    void one_instance_for_all_tests_works_as_well() {
        run.run(OneInstanceCase.class)
                .assertStatistics(statistics -> statistics.succeeded(3).failed(0));

        assertThat(run.cluster().everCreated()).hasSize(1);
        assertThat(run.cluster().namespaces()).isEmpty();
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

    @Test
    void nested_classes_share_the_namespace_unless_they_are_annotated() {
        run.run(OuterCase.class).assertStatistics(statistics -> statistics.failed(0));

        assertThat(run.cluster().everCreated()).hasSize(2);
        assertThat(run.cluster().namespaces()).isEmpty();
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
}
