package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Objects;
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
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Test classes that several tests run. They are static and not annotated by {@code @Nested}, so that no build runs them by themselves.
 */
final class ExtensionCases {

    private ExtensionCases() {}

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

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class FailingCase {

        @Test
        void fails() {
            throw new IllegalStateException("as it should");
        }
    }
}
