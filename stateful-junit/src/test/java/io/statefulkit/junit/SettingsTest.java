package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        statefulkit.provider            | minikube | statefulkit.provider must be one of [AUTO, EMBEDDED, K3S, KUBECONFIG], but is 'minikube'
        statefulkit.namespacePer        | suite    | statefulkit.namespacePer must be one of [CLASS, METHOD], but is 'suite'
        statefulkit.onFailure           | cry      | statefulkit.onFailure must be one of [CLEAN, KEEP, PAUSE], but is 'cry'
        statefulkit.startTimeoutSeconds | soon     | statefulkit.startTimeoutSeconds must be a number of seconds from 1 to 99999, but is 'soon'
        statefulkit.pauseSeconds        | -1       | statefulkit.pauseSeconds must be a number of seconds from 1 to 99999, but is '-1'
        statefulkit.nodes               | 0        | statefulkit.nodes must be a number from 1 to 99, but is '0'
        statefulkit.reuse               | never    | statefulkit.reuse must be one of [PER_RUN, PER_CLASS, ACROSS_RUNS], but is 'never'
        statefulkit.k3s.mirrors         | ghcr.io  | statefulkit.k3s.mirrors must be registries and endpoints, such as docker.io=https://mirror.example, but is 'ghcr.io'
        statefulkit.failWithoutDocker   | maybe    | statefulkit.failWithoutDocker must be true or false, but is 'maybe'
        """)
    void a_bad_value_names_its_key_and_what_is_allowed(String key, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(), Map.of(key, value), Map.of()))
                .withMessage(message);
    }

    @Test
    void a_key_that_there_is_not_is_refused_wherever_it_is() {
        String known = "statefulkit.provider, statefulkit.k3s.image, statefulkit.preload, statefulkit.k3s.mirrors,"
                + " statefulkit.nodes, statefulkit.reuse, statefulkit.startTimeoutSeconds, statefulkit.failWithoutDocker,"
                + " statefulkit.namespacePer, statefulkit.onFailure, statefulkit.pauseSeconds, statefulkit.seed,"
                + " statefulkit.kubeconfig, statefulkit.allowContexts, statefulkit.allowNodeDisruptions";
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
    void environment_variables_are_named_as_is_usual() {
        assertThat(SettingKey.START_TIMEOUT.variable()).isEqualTo("STATEFULKIT_START_TIMEOUT_SECONDS");
        assertThat(SettingKey.K3S_IMAGE.variable()).isEqualTo("STATEFULKIT_K3S_IMAGE");
    }
}
