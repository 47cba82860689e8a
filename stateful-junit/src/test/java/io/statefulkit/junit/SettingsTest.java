package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ExistingOptions;
import io.statefulkit.cluster.K3sOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @StatefulCluster(provider = ProviderKind.EMBEDDED, namespacePer = NamespacePer.METHOD)
    private static final class Annotated {}

    private static Settings settings(Map<String, String> junit, Map<String, String> system, Map<String, String> env) {
        Properties properties = new Properties();
        properties.putAll(system);
        return Settings.of(
                Objects.requireNonNull(Annotated.class.getAnnotation(StatefulCluster.class)),
                new SettingSources(key -> Optional.ofNullable(junit.get(key)), junit.keySet(), properties, env));
    }

    @Test
    void the_annotation_counts_where_nothing_else_is_said() {
        Settings settings = settings(Map.of(), Map.of(), Map.of());

        assertThat(settings.cluster().provider()).isEqualTo(ProviderKind.EMBEDDED);
        assertThat(settings.namespacePer()).isEqualTo(NamespacePer.METHOD);
        assertThat(settings.onFailure()).isEqualTo(OnFailure.CLEAN);
        assertThat(settings.cluster().startTimeout()).hasMinutes(2);
    }

    @Test
    void the_environment_wins_over_system_properties_and_these_over_the_properties_file() {
        Map<String, String> file = Map.of("statefulkit.provider", "kubeconfig");
        Map<String, String> system = Map.of("statefulkit.provider", "k3s");
        Map<String, String> environment = Map.of("STATEFULKIT_PROVIDER", " Auto ");

        assertThat(settings(file, Map.of(), Map.of()).cluster().provider()).isEqualTo(ProviderKind.KUBECONFIG);
        assertThat(settings(file, system, Map.of()).cluster().provider()).isEqualTo(ProviderKind.K3S);
        assertThat(settings(file, system, environment).cluster().provider()).isEqualTo(ProviderKind.AUTO);
    }

    /** As a build server does with the inputs of a job that nobody has filled in. */
    @Test
    void a_variable_without_a_value_says_nothing() {
        Map<String, String> system = Map.of("statefulkit.provider", "k3s");
        Map<String, String> environment = Map.of(
                "STATEFULKIT_PROVIDER", "", "STATEFULKIT_NODES", " ", "STATEFULKIT_SEED", "", "STATEFULKIT_NOSUCH", "");

        Settings settings = settings(Map.of(), system, environment);

        assertThat(settings.cluster().provider()).isEqualTo(ProviderKind.K3S);
        assertThat(settings.cluster().nodes()).isEqualTo(1);
    }

    @Test
    void lists_have_commas_between_their_values() {
        Settings settings = settings(
                Map.of("statefulkit.preload", "a:1, b:2 ,all.tar", "statefulkit.k3s.mirrors", "docker.io = m.example"),
                Map.of(),
                Map.of("STATEFULKIT_NODES", "3"));

        assertThat(settings.cluster().k3s().preload()).containsExactly("a:1", "b:2", "all.tar");
        assertThat(settings.cluster().k3s().mirrors()).containsExactly(Map.entry("docker.io", "m.example"));
        assertThat(settings.cluster().nodes()).isEqualTo(3);
    }

    private record Row(SettingKey key, Function<Settings, Object> read, List<String> values) {

        Row(SettingKey key, Function<Settings, Object> read, String... values) {
            this(key, read, List.of(values));
        }
    }

    /** Each key with a value for the file, another for a system property, and a third for the environment, where there are so many. */
    private static final List<Row> KEYS = List.of(
            new Row(SettingKey.PROVIDER, it -> it.cluster().provider(), "K3S", "KUBECONFIG", "AUTO"),
            new Row(SettingKey.K3S_IMAGE, it -> it.cluster().k3s().image(), "a:1", "b:2", "c:3"),
            new Row(SettingKey.PRELOAD, it -> it.cluster().k3s().preload(), "[a]", "[b]", "[c]"),
            new Row(SettingKey.MIRRORS, it -> it.cluster().k3s().mirrors(), "{a=1}", "{b=2}", "{c=3}"),
            new Row(SettingKey.NODES, it -> it.cluster().nodes(), "2", "3", "4"),
            new Row(SettingKey.REUSE, it -> it.cluster().reuse(), "PER_CLASS", "ACROSS_RUNS", "PER_RUN"),
            new Row(SettingKey.START_TIMEOUT, it -> it.cluster().startTimeout().toSeconds(), "1", "2", "3"),
            new Row(SettingKey.FAIL_WITHOUT_DOCKER, it -> it.cluster().failWithoutDocker(), "true", "false", "true"),
            new Row(SettingKey.NAMESPACE_PER, Settings::namespacePer, "CLASS", "METHOD", "CLASS"),
            new Row(SettingKey.ON_FAILURE, Settings::onFailure, "KEEP", "PAUSE", "CLEAN"),
            new Row(SettingKey.PAUSE, it -> it.pause().toSeconds(), "7", "8", "9"),
            new Row(SettingKey.PARALLEL_NAMESPACES, Settings::parallelNamespaces, "7", "8", "9"),
            new Row(SettingKey.KUBECONFIG, it -> it.cluster().existing().kubeconfig(), "/a", "/b", "/c"),
            new Row(SettingKey.ALLOW_CONTEXTS, it -> it.cluster().existing().allowContexts(), "a.*", "b.*", "c.*"),
            new Row(
                    SettingKey.ALLOW_NODE_DISRUPTIONS,
                    it -> it.cluster().existing().allowNodeDisruptions(),
                    "true",
                    "false",
                    "true"));

    @TestFactory
    Stream<DynamicTest> each_key_is_read_from_each_source_and_the_later_one_wins() {
        assertThat(KEYS)
                .extracting(Row::key)
                .hasSize(SettingKey.values().length - 2)
                .doesNotContain(SettingKey.SEED, SettingKey.REPLAY);
        return KEYS.stream().map(row -> dynamicTest(row.key().property(), () -> isReadFromEachSource(row)));
    }

    private static void isReadFromEachSource(Row row) {
        List<String> given = row.values().stream()
                .map(value -> value.replaceAll("[\\[\\]{}]", ""))
                .toList();
        Map<String, String> file = Map.of(row.key().property(), given.get(0));
        Map<String, String> system = Map.of(row.key().property(), given.get(1));
        Map<String, String> environment = Map.of(row.key().variable(), given.get(2));

        assertThat(settings(file, Map.of(), Map.of()))
                .extracting(row.read())
                .hasToString(row.values().get(0));
        assertThat(settings(Map.of(), system, Map.of()))
                .extracting(row.read())
                .hasToString(row.values().get(1));
        assertThat(settings(Map.of(), Map.of(), environment))
                .extracting(row.read())
                .hasToString(row.values().get(2));
        assertThat(settings(file, system, Map.of()))
                .extracting(row.read())
                .hasToString(row.values().get(1));
        assertThat(settings(file, system, environment))
                .extracting(row.read())
                .hasToString(row.values().get(2));
    }

    @Test
    void the_seed_is_read_from_each_source_and_the_later_one_wins() {
        Properties none = new Properties();
        Properties system = new Properties();
        system.setProperty("statefulkit.seed", "b");
        Function<String, Optional<String>> file = key -> Optional.of("a");

        assertThat(new SettingSources(key -> Optional.empty(), Set.of(), none, Map.of()).seed("9"))
                .hasValue(9L);
        assertThat(new SettingSources(file, Set.of(), none, Map.of()).seed("9")).hasValue(10L);
        assertThat(new SettingSources(file, Set.of(), system, Map.of()).seed("9"))
                .hasValue(11L);
        assertThat(new SettingSources(file, Set.of(), system, Map.of("STATEFULKIT_SEED", "c")).seed("9"))
                .hasValue(12L);
    }

    @StatefulCluster(
            provider = ProviderKind.KUBECONFIG,
            k3sImage = "mine:1",
            nodes = 2,
            reuse = Reuse.PER_CLASS,
            preload = {"a", "b"},
            startTimeoutSeconds = 3,
            failWithoutDocker = true,
            namespacePer = NamespacePer.METHOD,
            onFailure = OnFailure.KEEP,
            pauseSeconds = 4,
            parallelNamespaces = 5,
            images = NoImages.class)
    private static final class AllAttributes {}

    private static final class NoImages implements Supplier<ImageCatalog> {
        @Override
        public ImageCatalog get() {
            return ImageCatalog.standard();
        }
    }

    @Test
    void each_attribute_of_the_annotation_counts() {
        Settings settings = Settings.of(
                Objects.requireNonNull(AllAttributes.class.getAnnotation(StatefulCluster.class)),
                new SettingSources(key -> Optional.empty(), Set.of(), new Properties(), Map.of()));

        assertThat(settings)
                .isEqualTo(new Settings(
                        new ClusterSettings(
                                ProviderKind.KUBECONFIG,
                                new K3sOptions("mine:1", List.of("a", "b"), Map.of()),
                                2,
                                Reuse.PER_CLASS,
                                Duration.ofSeconds(3),
                                true,
                                NoImages.class,
                                ExistingOptions.NONE),
                        NamespacePer.METHOD,
                        OnFailure.KEEP,
                        Duration.ofSeconds(4),
                        5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        statefulkit.provider            | minikube | statefulkit.provider must be one of [AUTO, EMBEDDED, K3S, KUBECONFIG], but is 'minikube'
        statefulkit.namespacePer        | suite    | statefulkit.namespacePer must be one of [CLASS, METHOD], but is 'suite'
        statefulkit.onFailure           | cry      | statefulkit.onFailure must be one of [CLEAN, KEEP, PAUSE], but is 'cry'
        statefulkit.startTimeoutSeconds | soon     | statefulkit.startTimeoutSeconds must be a number of seconds from 1 to 99999, but is 'soon'
        statefulkit.pauseSeconds        | -1       | statefulkit.pauseSeconds must be a number of seconds from 1 to 99999, but is '-1'
        statefulkit.nodes               | 0        | statefulkit.nodes must be a number from 1 to 99, but is '0'
        statefulkit.reuse               | never    | statefulkit.reuse must be one of [PER_RUN, PER_CLASS, PER_BUILD, ACROSS_RUNS], but is 'never'
        statefulkit.k3s.mirrors         | ghcr.io  | statefulkit.k3s.mirrors must be registries and endpoints, such as docker.io=https://mirror.example, but is 'ghcr.io'
        statefulkit.failWithoutDocker   | maybe    | statefulkit.failWithoutDocker must be true or false, but is 'maybe'
        statefulkit.parallelNamespaces  | none     | statefulkit.parallelNamespaces must be a number from 1 to 99, but is 'none'
        statefulkit.seed                | dice     | statefulkit.seed must be a number of up to 16 hexadecimal digits, but is 'dice'
        statefulkit.allowContexts       | (        | statefulkit.allowContexts must be a regular expression, but is '('
        statefulkit.allowNodeDisruptions | some    | statefulkit.allowNodeDisruptions must be true or false, but is 'some'
        """)
    void a_bad_value_names_its_key_and_what_is_allowed(String key, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(key, value), Map.of()))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(key, value), Map.of(), Map.of()))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), Map.of(variable(key), value)))
                .withMessage(message);
    }

    private static String variable(String property) {
        return Stream.of(SettingKey.values())
                .filter(key -> key.property().equals(property))
                .map(SettingKey::variable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_key_that_there_is_not_is_refused_wherever_it_is() {
        String known = "statefulkit.provider, statefulkit.k3s.image, statefulkit.preload, statefulkit.k3s.mirrors,"
                + " statefulkit.nodes, statefulkit.reuse, statefulkit.startTimeoutSeconds, statefulkit.failWithoutDocker,"
                + " statefulkit.namespacePer, statefulkit.onFailure, statefulkit.pauseSeconds,"
                + " statefulkit.parallelNamespaces, statefulkit.seed, statefulkit.replay, statefulkit.kubeconfig,"
                + " statefulkit.allowContexts, statefulkit.allowNodeDisruptions";
        Map<String, String> misspelled = Map.of("statefulkit.provder", "k3s");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(misspelled, Map.of(), Map.of()))
                .withMessage("there is no setting statefulkit.provder, which is in junit-platform.properties;"
                        + " there are: " + known);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), misspelled, Map.of()))
                .withMessage("there is no setting statefulkit.provder, which is in the system properties;"
                        + " there are: " + known);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(), Map.of("STATEFULKIT_K3SIMAGE", "x")))
                .withMessageStartingWith("there is no setting STATEFULKIT_K3SIMAGE, which is in the environment;"
                        + " there are: STATEFULKIT_PROVIDER, STATEFULKIT_K3S_IMAGE, ");
    }

    @Test
    void a_key_for_others_of_ours_is_none_of_tests_and_is_let_pass() {
        assertThat(settings(Map.of(), Map.of("statefulkit.forward", "api"), Map.of()))
                .isEqualTo(settings(Map.of(), Map.of(), Map.of()));
    }

    @Test
    void environment_variables_are_named_as_is_usual() {
        assertThat(SettingKey.START_TIMEOUT.variable()).isEqualTo("STATEFULKIT_START_TIMEOUT_SECONDS");
        assertThat(SettingKey.K3S_IMAGE.variable()).isEqualTo("STATEFULKIT_K3S_IMAGE");
    }

    @Test
    void the_guide_lists_all_settings_and_no_others() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/guide/06-testing.md")).stream()
                .filter(line -> line.startsWith("| `statefulkit."))
                .map(line -> line.split("\\|", 4)[1].strip() + " " + line.split("\\|", 4)[2].strip())
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SettingKey.values())
                        .map(key -> "`" + key.property() + "` `" + key.variable() + "`")
                        .toList());
    }
}
