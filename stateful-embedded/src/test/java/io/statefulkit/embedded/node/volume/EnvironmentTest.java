package io.statefulkit.embedded.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static final ConfigSource SOURCE = new ConfigSource() {
        @Override
        public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
            return name.equals("map") ? Optional.of(Map.of("dir", bytes("/data"))) : Optional.empty();
        }

        @Override
        public Optional<Map<String, byte[]>> secret(String namespace, String name) {
            return name.equals("secret") ? Optional.of(Map.of("password", bytes("/data"))) : Optional.empty();
        }

        @Override
        public Optional<Path> claim(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public String token(Pod pod, ServiceAccountTokenProjection wanted) {
            return "token";
        }

        @Override
        public Optional<String> allocatable(String node, String resource) {
            return node.equals("n1")
                    ? Optional.ofNullable(Map.of("cpu", "64", "memory", "256Gi").get(resource))
                    : Optional.empty();
        }

        @Override
        public Map<String, String> services(String namespace, boolean all) {
            return Map.of("KUBERNETES_SERVICE_HOST", "127.1.0.1");
        }
    };

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void all_forms_of_variables_are_there_and_values_of_secrets_stay_untouched() throws Exception {
        Map<String, String> variables = of("""
                {'envFrom':[{'configMapRef':{'name':'map'},'prefix':'M_'},{'secretRef':{'name':'gone','optional':true}}],
                 'env':[{'name':'A','value':'1'},{'name':'B','value':'$(A)-$(A)'},{'name':'DIR','value':'/data/x'},
                  {'name':'POD','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},
                  {'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}},
                  {'name':'LABEL','valueFrom':{'fieldRef':{'fieldPath':"metadata.labels['app']"}}},
                  {'name':'PASSWORD','valueFrom':{'secretKeyRef':{'name':'secret','key':'password'}}},
                  {'name':'NONE','valueFrom':{'secretKeyRef':{'name':'secret','key':'x','optional':true}}},
                  {'name':'MEMORY','valueFrom':{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Mi'}}}],
                 'resources':{'limits':{'memory':'64Mi'}}}
                """);

        assertThat(variables)
                .containsEntry("KUBERNETES_SERVICE_HOST", "127.1.0.1")
                .containsEntry("HOSTNAME", "db-0")
                .containsEntry("M_dir", "/w/data")
                .containsEntry("B", "1-1")
                .containsEntry("DIR", "/w/data/x")
                .containsEntry("POD", "db-0")
                .containsEntry("IP", "127.80.0.2")
                .containsEntry("LABEL", "db")
                .containsEntry("PASSWORD", "/data")
                .containsEntry("MEMORY", "64")
                .doesNotContainKey("NONE");
    }

    @Test
    void a_limit_that_is_not_given_is_what_the_node_has_and_a_request_nothing() throws Exception {
        Map<String, String> variables = of("""
                {'env':[
                  {'name':'CPU','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}},
                  {'name':'MILLIS','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'1m'}}},
                  {'name':'MEMORY','valueFrom':{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Gi'}}},
                  {'name':'REQUEST','valueFrom':{'resourceFieldRef':{'resource':'requests.cpu'}}}],
                 'resources':{'limits':{'cpu':'0'}}}
                """);

        assertThat(variables)
                .containsEntry("CPU", "64")
                .containsEntry("MILLIS", "64000")
                .containsEntry("MEMORY", "256")
                .containsEntry("REQUEST", "0");
    }

    @Test
    void a_missing_secret_is_named() {
        assertThatThrownBy(() -> of("{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'nope','key':'k'}}}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("secret \"nope\" not found");
    }

    @Test
    void a_missing_key_is_named() {
        assertThatThrownBy(() -> of("{'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'map','key':'k'}}}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("couldn't find key k in ConfigMap shop/map");
    }

    private static Map<String, String> of(String container) throws ConfigException {
        String quoted = container
                .replace("metadata.labels['app']", "metadata.labels[#app#]")
                .replace('\'', '"')
                .replace('#', '\'');
        Pod pod = Json.as(
                Json.parse("{\"metadata\":{\"name\":\"db-0\",\"namespace\":\"shop\",\"labels\":{\"app\":\"db\"}},"
                        + "\"spec\":{\"nodeName\":\"n1\",\"containers\":[" + quoted + "]}}"),
                Pod.class);
        UnaryOperator<String> rewriting = new PathMap(Map.of("/data", Path.of("/w/data")))::rewrite;
        return new Environment(pod, "127.80.0.2", "127.80.0.1", SOURCE, rewriting)
                .of(pod.getSpec().getContainers().get(0));
    }
}
