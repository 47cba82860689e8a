package io.statefulkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.statefulkit.internal.NotApi;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String ROOT = "io.statefulkit";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-test/") && !location.contains("/embedded/"))
            .importPackages(ROOT);

    /** Left of the bar: a package. Right: the only other packages of this library that it may import. */
    private static final String TABLE = """
        internal          |
        spec.storage      | internal
        spec.pod          | internal spec.storage
        spec.job          | internal spec.storage spec.pod
        lint              | internal
        lint.objects      | internal spec.pod
        lint.check        | internal spec.pod lint lint.objects
        spec              | internal spec.storage spec.pod spec.job lint
        manifest.render   | internal spec spec.storage spec.pod spec.job
        manifest          | internal spec spec.storage spec.pod spec.job lint lint.check manifest.render
        deploy            | internal lint
        deploy.watch      | internal deploy
        deploy.ready      | internal deploy deploy.watch
        deploy.apply      | internal spec spec.storage spec.pod spec.job lint lint.check manifest deploy deploy.watch deploy.ready
        handle.place      | internal spec spec.storage deploy deploy.watch deploy.ready
        handle.connection | internal spec deploy deploy.watch handle.place
        handle.pod        | internal spec lint lint.check deploy deploy.watch deploy.ready deploy.apply handle.place
        handle.volume     | internal spec spec.storage deploy deploy.watch deploy.ready deploy.apply handle.place handle.connection handle.pod
        handle.client     | internal deploy deploy.watch handle.place handle.connection
        handle.backup     | internal deploy deploy.watch deploy.ready handle.place handle.connection handle.pod handle.volume handle.client
        handle.job        | internal spec spec.job manifest deploy deploy.watch deploy.ready deploy.apply handle.place handle.connection handle.pod
        handle.change     | internal spec spec.storage lint lint.check manifest deploy deploy.watch deploy.ready deploy.apply handle.place handle.connection handle.pod handle.client
        handle            | internal spec spec.storage spec.job deploy deploy.watch deploy.ready handle.place handle.connection handle.pod handle.volume handle.client handle.backup handle.job handle.change
        """;

    @ParameterizedTest
    @MethodSource("rows")
    void each_package_imports_only_what_comes_before_it_in_the_flow(String from, String allowed) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + from)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(not(resideInAPackage(ROOT + "." + from)))
                        .and(not(resideInAnyPackage(packages(allowed)))))
                .because("data flows spec -> lint -> manifest -> deploy -> handle")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void every_package_appears_in_the_table() {
        TreeSet<String> missing = MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(toCollection(TreeSet::new));
        rows().map(row -> (String) row.get()[0]).forEach(missing::remove);

        assertThat(missing).as("packages that need a row in the table").isEmpty();
    }

    static Stream<Arguments> rows() {
        return TABLE.lines().map(line -> line.split("\\|", -1)).map(row -> Arguments.of(row[0].trim(), row[1].trim()));
    }

    private static String[] packages(String names) {
        return Stream.of(names.split(" ")).map(name -> ROOT + "." + name).toArray(String[]::new);
    }

    @Test
    void packages_are_free_of_cycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void only_what_operates_a_cluster_knows_the_client() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".spec..", ROOT + ".internal..", ROOT + ".manifest..", ROOT + ".lint..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.fabric8.kubernetes.client..")
                        .and(not(resideInAPackage("io.fabric8.kubernetes.client.utils"))))
                .because("describing, rendering and judging are pure and never talk to a cluster")
                .check(MAIN);
    }

    @Test
    void public_classes_are_final_or_interfaces() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("users should extend only what is meant to be extended")
                .check(MAIN);
    }

    @Test
    void fields_are_private_and_final_outside_builders() {
        fields().that()
                .areDeclaredInClassesThat(describe(
                        "are not builders or enums",
                        (JavaClass c) -> !c.getSimpleName().endsWith("Builder") && !c.isEnum()))
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .because("objects that several threads see must not change")
                .check(MAIN);
    }

    @Test
    void public_methods_do_not_leak_internal_types() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal..")
                .should()
                .haveRawReturnType(
                        describe("internal", (JavaClass c) -> c.getPackageName().contains(".internal")))
                .check(MAIN);
    }

    @Test
    void types_for_users_return_none_that_are_not_for_them() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(describe(
                        "are for users",
                        (JavaClass c) ->
                                c.getModifiers().contains(JavaModifier.PUBLIC) && !c.isAnnotatedWith(NotApi.class)))
                .should()
                .haveRawReturnType(describe("not for users", (JavaClass c) -> c.isAnnotatedWith(NotApi.class)))
                .because("who can call it must be able to rely on what it returns")
                .check(MAIN);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Factory|Processor)")
                .because("such names say nothing about what the class is or does")
                .check(MAIN);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("core waits for events of a watch")
                .check(MAIN);
    }

    @Test
    void general_coding_rules_hold() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(MAIN);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(MAIN);
    }

    @Test
    void every_package_is_null_marked() {
        TreeSet<String> unmarked = MAIN.stream()
                .map(JavaClass::getPackage)
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(javaPackage -> javaPackage.getName())
                .collect(toCollection(TreeSet::new));

        assertThat(unmarked)
                .as("packages whose package-info.java lacks @NullMarked")
                .isEmpty();
    }

    @Test
    void rules_see_the_classes() {
        assertThat(MAIN).as("classes the rules look at").hasSizeGreaterThan(10);
    }
}
