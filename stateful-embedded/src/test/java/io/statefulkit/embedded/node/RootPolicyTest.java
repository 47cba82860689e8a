package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.volume.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootPolicyTest {

    private static final Image OWN = Image.of("acme/app:1", List.of(), List.of("app"), List.of());
    private static final Image ROOT = OWN.asRoot();

    @Test
    void a_container_that_must_not_be_root_needs_a_user_when_its_image_has_none() {
        assertThatThrownBy(() -> policy("{runAsNonRoot: true}", "{}").check(ROOT))
                .isInstanceOf(ConfigException.class)
                .hasMessage("container has runAsNonRoot and image will run as root (pod: \"web_shop(u-1)\", container:"
                        + " app)");
        assertThatThrownBy(() -> policy("{runAsNonRoot: true, runAsUser: 999}", "{runAsUser: 0}")
                        .check(ROOT))
                .isInstanceOf(ConfigException.class)
                .hasMessage("container's runAsUser breaks non-root policy (pod: \"web_shop(u-1)\", container: app)");
        assertThatCode(() ->
                        policy("{runAsNonRoot: true, runAsUser: 999}", "{}").check(ROOT))
                .doesNotThrowAnyException();
        assertThatCode(() -> policy("{runAsNonRoot: true}", "{}").check(OWN)).doesNotThrowAnyException();
        assertThatCode(() ->
                        policy("{runAsNonRoot: true}", "{runAsNonRoot: false}").check(ROOT))
                .doesNotThrowAnyException();
    }

    @Test
    void a_number_decides_and_without_one_whether_root_is_forbidden() {
        assertThat(policy("{}", "{}").unprivileged()).isFalse();
        assertThat(policy("{runAsUser: 0}", "{}").unprivileged()).isFalse();
        assertThat(policy("{runAsUser: 0}", "{runAsUser: 7}").unprivileged()).isTrue();
        assertThat(policy("{runAsNonRoot: true}", "{}").unprivileged()).isTrue();
    }

    private static RootPolicy policy(String shared, String own) {
        Pod pod = Serialization.unmarshal("""
                metadata: {name: web, namespace: shop, uid: u-1}
                spec:
                  securityContext: %s
                  containers:
                  - {name: app, image: acme/app:1, securityContext: %s}
                """.formatted(shared, own), Pod.class);
        return new RootPolicy(pod, pod.getSpec().getContainers().get(0));
    }
}
