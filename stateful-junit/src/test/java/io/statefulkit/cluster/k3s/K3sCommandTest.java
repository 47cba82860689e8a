package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class K3sCommandTest {

    @Test
    void the_server_starts_without_what_tests_never_need() {
        assertThat(K3sCommand.server("rancher/k3s:v1.34.1-k3s1", List.of("localhost"), false))
                .containsExactly(
                        "server",
                        "--tls-san=localhost",
                        "--disable=traefik",
                        "--disable=metrics-server",
                        "--disable=servicelb");
    }

    @Test
    void new_versions_are_told_to_accept_old_cgroups() {
        String accept = "--kubelet-arg=fail-cgroupv1=false";

        assertThat(K3sCommand.server("rancher/k3s:v1.35.0-k3s1", List.of("h"), true))
                .contains(accept);
        assertThat(K3sCommand.server("mirror.example:5000/rancher/k3s:v1.36.2-k3s1", List.of("h"), true))
                .contains(accept);
        assertThat(K3sCommand.server("my-k3s:latest", List.of("h"), true)).contains(accept);
        assertThat(K3sCommand.server("rancher/k3s:v1.34.1-k3s1", List.of("h"), true))
                .doesNotContain(accept);
        assertThat(K3sCommand.server("rancher/k3s:v1.36.2-k3s1", List.of("h"), false))
                .doesNotContain(accept);
    }

    @Test
    void a_container_is_found_by_its_pod_and_killed_without_another_signal_before() {
        assertThat(String.join(" ", K3sCommand.find("shop", "orders-0", "postgres")))
                .isEqualTo("crictl ps --quiet --state running --label io.kubernetes.pod.namespace=shop"
                        + " --label io.kubernetes.pod.name=orders-0 --label io.kubernetes.container.name=postgres");
        assertThat(String.join(" ", K3sCommand.kill("abc"))).isEqualTo("crictl stop --timeout 0 abc");
    }
}
