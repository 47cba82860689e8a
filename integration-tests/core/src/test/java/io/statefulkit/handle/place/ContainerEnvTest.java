package io.statefulkit.handle.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The variables of servers that others have deployed, in all the ways in which a container gets them. */
class ContainerEnvTest {

    private static final ApiServer CLUSTER = new ApiServer(new FakeStreams());

    @BeforeAll
    static void create_what_variables_come_from() {
        KubernetesClient client = CLUSTER.client();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .endMetadata()
                        .withData(Map.of("POSTGRES_USER", "app", "POSTGRES_DB", "shop"))
                        .build())
                .inNamespace("default")
                .create();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .endMetadata()
                        .withStringData(Map.of("PASSWORD", "s3cret", "other", "word"))
                        .build())
                .inNamespace("default")
                .create();
    }

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @Test
    void all_keys_of_a_config_map_and_of_a_secret_are_variables() {
        ContainerEnv env = env(new ContainerBuilder()
                .addNewEnvFrom()
                .withNewConfigMapRef("settings", null)
                .endEnvFrom()
                .addNewEnvFrom()
                .withPrefix("POSTGRES_")
                .withNewSecretRef("login", null)
                .endEnvFrom()
                .build());

        assertThat(env.value("POSTGRES_USER")).contains("app");
        assertThat(env.value("POSTGRES_DB")).contains("shop");
        assertThat(env.value("POSTGRES_PASSWORD")).contains("s3cret");
        assertThat(env.value("PASSWORD")).isEmpty();
        assertThat(env.value("POSTGRES_HOST")).isEmpty();
        assertThat(env.secretKey("POSTGRES_PASSWORD")).contains(new ContainerEnv.SecretKey("login", "PASSWORD"));
        assertThat(env.secretKey("POSTGRES_USER")).isEmpty();
        assertThat(env.renamed("POSTGRES_PASSWORD", "PGPASSWORD")).hasValueSatisfying(variable -> {
            assertThat(variable.getName()).isEqualTo("PGPASSWORD");
            assertThat(variable.getValue()).isNull();
            assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("login");
            assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("PASSWORD");
        });
    }

    @Test
    void a_variable_that_is_named_counts_before_those_and_the_last_one_of_a_name() {
        ContainerEnv env = env(new ContainerBuilder()
                .addNewEnvFrom()
                .withNewConfigMapRef("settings", null)
                .endEnvFrom()
                .withEnv(new EnvVar("POSTGRES_DB", "first", null), new EnvVar("POSTGRES_DB", "last", null))
                .build());

        assertThat(env.value("POSTGRES_DB")).contains("last");
        assertThat(env.value("POSTGRES_USER")).contains("app");
    }

    @Test
    void a_file_of_a_mounted_secret_holds_the_value_of_a_variable() {
        ContainerEnv env = env(new ContainerBuilder()
                .withEnv(new EnvVar("POSTGRES_PASSWORD_FILE", "/run/login/other", null))
                .addNewVolumeMount()
                .withName("login")
                .withMountPath("/run/login")
                .endVolumeMount()
                .build());

        assertThat(env.value("POSTGRES_PASSWORD")).contains("word");
        assertThat(env.secretKey("POSTGRES_PASSWORD")).contains(new ContainerEnv.SecretKey("login", "other"));
    }

    private static ContainerEnv env(Container container) {
        PodSpec pod = new PodSpecBuilder()
                .withContainers(container)
                .addNewVolume()
                .withName("login")
                .withNewSecret()
                .withSecretName("login")
                .endSecret()
                .endVolume()
                .build();
        return new ContainerEnv(CLUSTER.client(), "default", pod, container);
    }
}
