package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.statefulkit.spec.StatefulPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

class SpecSourceTest {

    private static final StatefulPostgres ORDERS =
            StatefulPostgres.named("orders").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
    private static final String TEXT = "no workload";
    private static final @Nullable StatefulPostgres NOTHING = null;

    private static StatefulPostgres stock() {
        return ORDERS;
    }

    private static StatefulPostgres broken() {
        throw new IllegalStateException("as it should");
    }

    private static final class Inner {}

    private static class Base {
        static final StatefulPostgres INHERITED = ORDERS;
    }

    private static final class Derived extends Base {}

    @Test
    void a_specification_is_in_a_static_field_or_made_by_a_static_method() {
        assertThat(SpecSource.find(SpecSourceTest.class, "ORDERS").spec()).isSameAs(ORDERS);
        assertThat(SpecSource.find(SpecSourceTest.class, "stock").spec()).isSameAs(stock());
    }

    @Test
    void it_is_found_in_classes_around_and_above() {
        assertThat(SpecSource.find(Inner.class, "ORDERS").spec()).isSameAs(ORDERS);
        assertThat(SpecSource.find(Derived.class, "INHERITED").spec()).isSameAs(Base.INHERITED);
        assertThat(SpecSource.find(Derived.class, "INHERITED").name()).isEqualTo(Base.class.getName() + ".INHERITED");
    }

    @Test
    void one_that_is_missing_is_named() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> SpecSource.find(Inner.class, "ORDRES"))
                .withMessage(
                        "@Deployed(\"ORDRES\"): " + Inner.class.getName() + " has no static field of this name, and"
                                + " no static method of this name without parameters; neither have the classes around it");
    }

    @Test
    void what_is_no_specification_is_refused() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> SpecSource.find(SpecSourceTest.class, "TEXT").spec())
                .withMessageEndingWith(
                        "TEXT must give a specification of a workload, such as a StatefulPostgres, but is a"
                                + " java.lang.String")
                .satisfies(e -> assertThat(TEXT).isNotEmpty());
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(
                        () -> SpecSource.find(SpecSourceTest.class, "NOTHING").spec())
                .withMessageEndingWith("but is null")
                .satisfies(e -> assertThat(NOTHING).isNull());
    }

    @Test
    void an_error_in_making_it_is_told_as_it_is() {
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(
                        () -> SpecSource.find(SpecSourceTest.class, "broken").spec())
                .withMessage("cannot read " + SpecSourceTest.class.getName() + ".broken: as it should")
                .withCauseInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(SpecSourceTest::broken);
    }
}
