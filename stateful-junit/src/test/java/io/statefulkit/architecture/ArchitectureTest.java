package io.statefulkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.statefulkit.survival.verdict.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.statefulkit";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Verdict.class.getProtectionDomain().getCodeSource().getLocation());

    /** Left of the bar: a package. Right: the only packages of this module that it may import. */
    private static final String IMPORTS = """
        cluster                         |
        cluster.client                  | cluster
        cluster.run                     |
        cluster.embedded                | cluster cluster.client cluster.run
        cluster.k3s                     | cluster cluster.client cluster.run
        cluster.existing                | cluster cluster.client cluster.embedded
        cluster.choice                  | cluster cluster.embedded cluster.k3s cluster.existing
        survival.history                |
        survival.disruption.observation |
        survival.disruption.power       |
        survival.disruption.workload    | survival.disruption.observation survival.disruption.power
        survival.disruption             | survival.disruption.observation survival.disruption.power survival.disruption.workload
        survival.ledger                 | survival.history
        survival.verdict                | survival.history survival.disruption survival.disruption.observation
        survival.report                 | survival.history survival.disruption survival.disruption.observation survival.verdict
        survival                        | survival.history survival.disruption survival.disruption.observation survival.disruption.power survival.disruption.workload survival.ledger survival.verdict survival.report
        junit                           | cluster cluster.choice survival survival.history survival.disruption survival.disruption.observation survival.disruption.power survival.disruption.workload survival.verdict survival.report
        """;

    private static Map<String, String[]> imports() {
        Map<String, String[]> imports = new TreeMap<>();
        IMPORTS.lines().forEach(line -> {
            String[] sides = line.split("\\|", -1);
            imports.put(ROOT + "." + sides[0].strip(), packages(sides[1].strip()));
        });
        return imports;
    }

    private static String[] packages(String names) {
        return Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> ROOT + "." + name)
                .toArray(String[]::new);
    }

    @Test
    void each_package_imports_only_what_comes_before_it_in_the_flow() {
        Map<String, String[]> imports = imports();
        String[] ours = imports.keySet().toArray(String[]::new);
        imports.forEach((self, allowed) -> noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(resideInAnyPackage(ours)
                        .and(not(resideInAPackage(self)))
                        .and(not(resideInAnyPackage(allowed))))
                .because("data flows history -> disruption -> ledger -> verdict -> report")
                .check(MAIN));
    }

    @Test
    void every_package_is_in_the_table() {
        Set<String> packages = MAIN.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(imports().keySet());
    }

    @Test
    void the_survival_engine_knows_no_test_framework_and_its_verdicts_no_kubernetes() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".survival..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..", "org.opentest4j..")
                .because("a main can use it as well as a test")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".survival.history", ROOT + ".survival.verdict", ROOT + ".survival.report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .because("what happened is a value that can be judged again without a cluster")
                .check(MAIN);
    }

    @Test
    void fields_are_final_but_for_state_that_is_guarded() {
        fields().that()
                .areDeclaredInClassesThat(describe(
                        "keep no state of one thread or behind a lock",
                        (JavaClass c) -> !c.isEnum()
                                && !Stream.of("Writer", "HistoryWriter", "Journal", "Pace")
                                        .toList()
                                        .contains(c.getSimpleName())))
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .because("objects that several threads see must not change")
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
    void nothing_sleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
    }

    @Test
    void general_coding_rules_hold() {
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
        assertThat(MAIN).as("classes the rules look at").hasSizeGreaterThan(30);
    }
}
