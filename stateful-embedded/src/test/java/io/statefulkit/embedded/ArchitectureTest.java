package io.statefulkit.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.statefulkit.embedded.api.ResourceCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages of this module and who may use whom. */
class ArchitectureTest {

    private static final String ROOT = "io.statefulkit.embedded";

    /** Each package, with what is below it, and those of ours that it may use; one that is not here is a mistake. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "json", Set.of(),
            "schema", Set.of(),
            "thread", Set.of(),
            "store", Set.of("json"),
            "api", Set.of("json", "schema", "store", "thread"),
            "http", Set.of("json", "schema", "thread", "api"),
            "control", Set.of("json", "thread", "api"),
            "image", Set.of("json"),
            "node", Set.of("json", "thread", "api", "image"),
            "", Set.of("json", "api", "http", "control", "node", "image"));

    /** The rooms of {@code api} in the order of the data flow, and those that each may use. */
    private static final Map<String, Set<String>> ROOMS_OF_API = Map.ofEntries(
            Map.entry("", Set.of()),
            Map.entry("value", Set.of("")),
            Map.entry("event", Set.of("", "value")),
            Map.entry("select", Set.of("", "value")),
            Map.entry("decode", Set.of("", "value")),
            Map.entry("rule", Set.of("", "value", "select")),
            Map.entry("rule.pod", Set.of("", "value", "rule")),
            Map.entry("quota", Set.of("", "value", "rule.pod")),
            Map.entry("rule.kind", Set.of("", "value", "select", "rule", "rule.pod", "quota")),
            Map.entry("admission", Set.of("", "value", "rule", "quota")),
            Map.entry("apply", Set.of("", "value", "decode")),
            Map.entry("patch", Set.of("", "decode")),
            Map.entry("read", Set.of("", "select", "rule")),
            Map.entry("write", Set.of("", "value", "select", "decode", "rule", "rule.kind", "admission", "apply")),
            Map.entry("server", Set.of("", "value", "decode", "admission", "apply", "patch", "read", "write")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(
                    ResourceCatalog.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void there_are_classes_to_check() {
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void every_package_is_known() {
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(type -> packages.add(own(type.getPackageName())));

        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @Test
    void packages_use_only_those_below_them() {
        for (Map.Entry<String, Set<String>> entry : MAY_USE.entrySet()) {
            List<String> forbidden = new ArrayList<>();
            for (String other : MAY_USE.keySet()) {
                if (!other.equals(entry.getKey()) && !entry.getValue().contains(other)) {
                    forbidden.add(full(other));
                }
            }
            noClasses()
                    .that(resideInAPackage(full(entry.getKey())))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void rooms_of_the_api_use_only_those_before_them() {
        String api = ROOT + ".api";
        List<String> seen = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().equals(api) || type.getPackageName().startsWith(api + ".")) {
                String room = below(api, type.getPackageName());
                seen.add(room);
                Set<String> allowed = ROOMS_OF_API.getOrDefault(room, Set.of());
                type.getDirectDependenciesFromSelf().stream()
                        .map(used -> used.getTargetClass().getPackageName())
                        .filter(used -> used.equals(api) || used.startsWith(api + "."))
                        .map(used -> below(api, used))
                        .filter(used -> !used.equals(room) && !allowed.contains(used))
                        .forEach(used -> forbidden.add(type.getName() + " uses " + used));
            }
        }

        assertThat(ROOMS_OF_API.keySet()).hasSameElementsAs(seen);
        assertThat(forbidden).isEmpty();
    }

    @Test
    void others_use_the_port_of_the_api() {
        noClasses()
                .that(resideInAnyPackage(full("control"), full("node")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOMS_OF_API.keySet().stream()
                        .filter(room -> !Set.of("", "event", "quota", "value").contains(room))
                        .map(room -> ROOT + ".api." + room)
                        .toArray(String[]::new)))
                .check(CLASSES);
    }

    @Test
    void tables_certificates_and_binary_bodies_know_nothing_of_requests() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".http.table", ROOT + ".http.tls", ROOT + ".http.protobuf"))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".http"))
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packages_say_what_can_be_null() {
        classes()
                .that(DescribedPredicate.describe("are in a package of ours", type -> true))
                .should(new InNullMarkedPackage())
                .check(CLASSES);
    }

    @Test
    void public_types_are_not_open_to_inheritance_by_accident() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(new ClosedOrInterface())
                .check(CLASSES);
    }

    @Test
    void the_web_server_stays_in_its_package() {
        noClasses()
                .that(resideInAnyPackage(full("json"), full("schema"), full("store"), full("api"), full("control")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vertx.."))
                .check(CLASSES);
    }

    @Test
    void output_goes_through_the_logger() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .check(CLASSES);
    }

    @Test
    void nothing_sleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Factory|Processor)")
                .check(CLASSES);
    }

    private static String full(String own) {
        return own.isEmpty() ? ROOT : ROOT + "." + own + "..";
    }

    private static String below(String root, String name) {
        return name.equals(root) ? "" : name.substring(root.length() + 1);
    }

    private static String own(String name) {
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
    }

    /** The package of a class is marked, so that null is the exception everywhere. */
    private static final class InNullMarkedPackage extends ArchCondition<JavaClass> {
        InNullMarkedPackage() {
            super("be in a package with @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(
                    type, marked, type.getName() + " is " + (marked ? "" : "not ") + "in a marked package"));
        }
    }

    /** A class that others see is final, or not a plain class at all. */
    private static final class ClosedOrInterface extends ArchCondition<JavaClass> {
        ClosedOrInterface() {
            super("be final, a record, an enum or an interface");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean closed = type.isInterface()
                    || type.isEnum()
                    || type.isRecord()
                    || type.getModifiers().contains(JavaModifier.FINAL);
            events.add(new SimpleConditionEvent(
                    type, closed, type.getName() + " is " + (closed ? "closed" : "open to inheritance")));
        }
    }
}
